import type { ConnectionChangeLine, ConnectionView } from '../../../console/pages/connection/connection-view.js';
import type { Language } from '../../../console/ui/language.js';
import { customerText } from '../../../domain/access/store-customer.js';
import type { AuditRow } from '../../../ports/transmission/session-search.js';
import { nameText } from '../../../usecases/manage/connection-secrets.js';
import type { ConnectionStories, ConnectionStory } from '../../../usecases/manage/connection-story.js';
import { settingsIn, textsIn } from '../access/change-line.js';
import { meaningOf } from '../history/history-views.js';

interface Seer {
  language: Language;
  mayChange: boolean;
  /** Name of a profile for people. */
  platformOf: (profile: string) => string;
}

export function connectionView(story: ConnectionStory, { language, mayChange, platformOf }: Seer) {
  const { connection, lastCart, refusals, changes } = story;
  const { settings, disabledAt } = connection;
  const view: ConnectionView = {
    connectionId: connection.connectionId,
    name: connection.name,
    protocol: connection.protocol,
    demo: connection.demo,
    createdAt: connection.createdAt,
    version: connection.version,
    mayChange,
    credentials: connection.credentials.map((credential) => ({
      id: credential.credentialId,
      text: nameText(credential),
      addedAt: credential.createdAt,
    })),
    secrets: connection.secrets.map(({ secretId, createdAt, recoverable }) => ({
      id: secretId,
      madeAt: createdAt,
      isSealed: recoverable,
    })),
    returnOrigins: settings.returnOrigins,
    refusals: refusals.flatMap(({ at, code, reason, reference }) =>
      code === undefined
        ? []
        : [{ at, meaning: meaningOf(code, reason, language), ...(reference === undefined ? {} : { reference }) }],
    ),
    changes: mayChange ? changes.map(changeLine) : [],
    entered: {},
    faults: {},
  };
  if (settings.profile !== undefined) view.platform = platformOf(settings.profile);
  if (disabledAt !== undefined) view.disabledAt = disabledAt;
  if (settings.store?.customer !== undefined) view.customer = customerText(settings.store.customer);
  if (lastCart !== undefined) view.lastCart = { sessionId: lastCart.transmissionId, at: lastCart.at };
  return view;
}

/** Changes after a version. Each row names the version that it made. */
/** What others have changed after this version of a connection. */
export async function changesAfter(
  stories: ConnectionStories,
  { tenantId, connectionId, version }: { tenantId: string; connectionId: string; version: number },
): Promise<ConnectionChangeLine[]> {
  const story = await stories(tenantId, connectionId);
  return story.ok ? changesSince(version, story.value.changes) : [];
}

export function changesSince(version: number, rows: readonly AuditRow[]): ConnectionChangeLine[] {
  return rows.filter(({ details }) => Number(details['version']) > version).map(changeLine);
}

function changeLine({ at, actor, event, details }: AuditRow): ConnectionChangeLine {
  const { connection: _, version: __, changes, after: ___, credentials, ...facts } = details;
  return {
    at,
    by: actor,
    event,
    settings: settingsIn(changes),
    facts: [...textsIn(credentials), ...Object.values(facts)],
  };
}
