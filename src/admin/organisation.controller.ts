import { Body, Controller, Get, Header, Put, UseFilters, UsePipes } from '@nestjs/common';
import { ChatKitAdminOnly, Ctx, RequestContext } from '../auth/index.js';
import { JsonBody, ChatKitExceptionFilter, RequestValidationPipe } from '../chatkit/index.js';
import type { Organisation } from '../store/index.js';
import { OrganisationFields } from './admin.dto.js';
import { OrganisationService } from './organisation.service.js';

interface OrganisationView {
  readonly instructions: string;
  /** Null when nothing was ever set. */
  readonly updated_at: Date | null;
  readonly updated_by: string | null;
}

/** Bytes: enough for the longest instructions, whichever characters they are made of. */
const MAX_BODY = 64 * 1024;

/** What the assistant is told of the organisation that the caller administers. */
@Controller('chatkit/admin/organisation')
@ChatKitAdminOnly()
@UsePipes(RequestValidationPipe)
@UseFilters(ChatKitExceptionFilter)
export class OrganisationController {
  constructor(private readonly organisations: OrganisationService) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  async read(@Ctx() context: RequestContext): Promise<OrganisationView> {
    return view(await this.organisations.load(context));
  }

  /** Replaces it. */
  @Put()
  @JsonBody(MAX_BODY)
  @Header('Cache-Control', 'no-store')
  async write(
    @Body() { instructions }: OrganisationFields,
    @Ctx() context: RequestContext,
  ): Promise<OrganisationView> {
    return view(await this.organisations.save(instructions, context));
  }
}

function view(organisation: Organisation | undefined): OrganisationView {
  const { instructions = '', updatedAt = null, updatedBy = null } = organisation ?? {};
  return { instructions, updated_at: updatedAt, updated_by: updatedBy };
}
