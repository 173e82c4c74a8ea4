import { AdminController } from '../../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../../chatkit/audit/audited.decorator.js';
import { Body, Get, Put } from '@nestjs/common';
import { Ctx, RequestContext } from '../../auth/index.js';
import { JsonBody } from '../../chatkit/index.js';
import { OrganisationFields } from './organisation.dto.js';
import { TenantSettingsService } from './tenant-settings.service.js';
import type { TenantSettings } from './tenant-settings-store.js';

interface OrganisationView {
  readonly instructions: string;
  /** Null when nothing was ever set. */
  readonly updated_at: Date | null;
  readonly updated_by: string | null;
}

/** Bytes: enough for the longest instructions, whichever characters they are made of. */
const MAX_BODY = 64 * 1024;

/** What the assistant is told of the organisation that the caller administers. */
@AdminController('organisation')
export class OrganisationController {
  constructor(private readonly settings: TenantSettingsService) {}

  @Get()
  @Audited('organisation.read')
  async read(@Ctx() context: RequestContext): Promise<OrganisationView> {
    return view(await this.settings.load(context));
  }

  /** Replaces it. */
  @Put()
  @Audited('organisation.update')
  @JsonBody(MAX_BODY)
  async write(
    @Body() { instructions }: OrganisationFields,
    @Ctx() context: RequestContext,
  ): Promise<OrganisationView> {
    return view(await this.settings.save(instructions, context));
  }
}

function view(settings: TenantSettings | undefined): OrganisationView {
  const { instructions = '', updatedAt = null, updatedBy = null } = settings ?? {};
  return { instructions, updated_at: updatedAt, updated_by: updatedBy };
}
