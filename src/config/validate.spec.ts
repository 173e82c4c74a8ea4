import { IsInt, IsOptional, Max, MinLength } from 'class-validator';
import { ConfigError, describeConfig, Env, loadConfig } from './validate.js';

class SampleConfig {
  @Env('SAMPLE_SIZE', { description: 'How many.' })
  @IsInt()
  @Max(10)
  readonly size: number = 3;

  @Env('SAMPLE_ON', { description: 'Whether at all.' })
  readonly on: boolean = false;

  @Env('SAMPLE_NAMES', { description: 'Who.' })
  readonly names: string[] = ['a', 'b'];

  @Env('SAMPLE_SECRET', { description: 'Not to be shown.', secret: true })
  @IsOptional()
  @MinLength(8)
  readonly secret?: string;
}

function refusal(env: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(SampleConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('keeps the defaults of the class when nothing or only emptiness is set', () => {
    expect(loadConfig(SampleConfig, { SAMPLE_SIZE: '', SAMPLE_NAMES: '  ' })).toEqual(new SampleConfig());
  });

  it('converts numbers, booleans and lists', () => {
    const env = { SAMPLE_SIZE: '7', SAMPLE_ON: 'yes', SAMPLE_NAMES: 'x, y ,,z', OTHER: 'ignored' };
    expect(loadConfig(SampleConfig, env)).toMatchObject({ size: 7, on: true, names: ['x', 'y', 'z'] });
  });

  it('names every offending variable at once', () => {
    const error = refusal({ SAMPLE_SIZE: 'many', SAMPLE_ON: 'perhaps', SAMPLE_SECRET: 'short' });
    expect(error.problems.map(({ variable }) => variable)).toEqual([
      'SAMPLE_SIZE',
      'SAMPLE_ON',
      'SAMPLE_SECRET',
    ]);
    expect(error.message).toContain('SAMPLE_SIZE must be a number');
    expect(error.message).toContain('SAMPLE_SECRET must be longer than');
  });

  it('speaks of variables, not of properties', () => {
    expect(refusal({ SAMPLE_SIZE: '11' }).message).toContain('SAMPLE_SIZE must not be greater than 10');
  });

  it('never shows a value', () => {
    expect(refusal({ SAMPLE_SECRET: 'hunter2' }).message).not.toContain('hunter2');
  });

  it('describes the variables with their defaults', () => {
    expect(describeConfig(SampleConfig)).toEqual([
      { name: 'SAMPLE_SIZE', default: '3', description: 'How many.' },
      { name: 'SAMPLE_ON', default: 'false', description: 'Whether at all.' },
      { name: 'SAMPLE_NAMES', default: 'a,b', description: 'Who.' },
      { name: 'SAMPLE_SECRET', default: '', description: 'Not to be shown.' },
    ]);
  });
});
