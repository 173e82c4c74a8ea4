import { Module, type DynamicModule } from '@nestjs/common';
import { AnswerDemo } from './answer.demo.js';
import { BookingDemo } from './booking.demo.js';
import { ChoiceDemo } from './choice.demo.js';
import { SampleOrganisations } from './sample-organisations.js';
import { LetterDemo } from './letter.demo.js';
import { Pace } from './pace.js';
import { PageDemo } from './page.demo.js';
import { ProgressDemo } from './progress.demo.js';
import { WidgetTemplates } from '../widget-templates/index.js';
import { ThreadDemo } from './thread.demo.js';

/** Tools and actions as a team would write them, one for each thing that ChatKit can show. */
@Module({})
export class DemoModule {
  /** @param agents the module of the agent side, which finds them */
  static register(agents: DynamicModule): DynamicModule {
    return {
      module: DemoModule,
      imports: [agents],
      providers: [
        WidgetTemplates,
        SampleOrganisations,
        Pace,
        AnswerDemo,
        BookingDemo,
        ChoiceDemo,
        LetterDemo,
        PageDemo,
        ProgressDemo,
        ThreadDemo,
      ],
    };
  }
}
