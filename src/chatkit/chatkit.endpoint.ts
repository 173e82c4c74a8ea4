import { Inject, Injectable, Optional } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestContext } from '../auth/context/request-context.js';
import { alwaysAvailable, CHATKIT_AVAILABILITY, type ChatAvailability } from '../common/availability.js';
import { CHATKIT_SETTINGS, type ChatKitSettings } from './chatkit.settings.js';
import { CHATKIT_SERVER } from './chatkit.tokens.js';
import { isAnswering } from './core/requests/running.js';
import { validRequest } from './core/requests/parse.js';
import { ChatKitServer, isStreamingRequest, requestMetadata, type ChatKitRequest } from './core/index.js';
import { AnswerEnded } from './core/stream/running-turn.js';
import { flushed, sendJson, tolerateWriteErrors } from './http/answer.js';
import { readJson } from './http/body.js';
import { onConnectionClose } from './http/connection.js';
import { admissionOf } from './http/request-limits.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { logThread, withLogScope } from '../common/logging/log-scope.js';
import { Frames } from './sse/frames.js';
import { Readers } from './answers/readers.js';
import { Heartbeat } from './sse/heartbeat.js';
import type { ObservedOutcome, ObservedRequest, ObservedStop } from '../common/observer/observer.port.js';
import { Observers } from '../common/observer/observers.js';
import { SseWriter } from './sse/sse-writer.js';
import { RunningRequests } from './running-requests.js';
import { sendEvents } from './sse/stream-session.js';
import { shuttingDown, unavailable } from './unavailable.js';

/** Header of a thread whose answer is being written at this moment. */
const ANSWERING = 'chatkit-answering';
/** Header of a stream that goes on without its client, for a while at least: `threads.stop` alone ends it. */
const STOP = 'chatkit-stop';
/** What a client says in `accept` that does not stop an answer by leaving; a header of its own would need other servers' leave. */
const STOPS_BY_REQUEST = /;\s*stop=request\b/;

/** One request while it is being answered. */
interface RunningRequest {
  readonly response: ServerResponse;
  readonly request: ChatKitRequest;
  readonly context: RequestContext;
  /** Tells the work to stop. */
  readonly stop: AbortController;
  /** Who reads the answer, which is stopped once nobody does. */
  readonly readers: Readers;
  /** Milliseconds for which the answer goes on when its last reader has left. */
  readonly keptFor: number;
  /** Counts bytes that are kept in memory until the answer is sent. @throws EndpointError when there are too many */
  readonly keep: (bytes: number) => void;
  /** Calls back when the client is gone. */
  readonly onGone: (listener: () => void) => void;
  /** Told of what was sent, at its end. */
  readonly onSent: (sent: Sent) => void;
  /** Calls once the answer is a stream that has opened: it counts as one of the streams from then on. */
  readonly onOpen: () => void;
}

/** How a stream was written. */
type Sent = Pick<SseWriter, 'events' | 'isStalled'>;

/** Answers a request whose sender is known: reads it, hands it to the server, sends what comes back. */
@Injectable()
export class ChatKitEndpoint {
  constructor(
    @Inject(CHATKIT_SERVER) private readonly server: ChatKitServer<RequestContext>,
    @Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings,
    private readonly registry: RunningRequests,
    private readonly heartbeat: Heartbeat,
    private readonly frames: Frames,
    private readonly logger: ChatKitLogger,
    private readonly observers: Observers,
    @Optional()
    @Inject(CHATKIT_AVAILABILITY)
    private readonly availability: ChatAvailability = alwaysAvailable(),
  ) {}

  /**
   * Resolves when the answer is complete, and everything that had to be done for it.
   *
   * @throws when nothing has been sent yet: ChatKitError or whatever the server threw
   */
  answer(incoming: IncomingMessage, response: ServerResponse, context: RequestContext): Promise<void> {
    const release = admissionOf(incoming)?.hold();
    return withLogScope(context, () => this.#answer(incoming, response, context)).finally(release);
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse, context: RequestContext): Promise<void> {
    tolerateWriteErrors(response);
    if (this.registry.closing) throw shuttingDown(response);
    const status = this.availability.status();
    if (status.state !== 'up') throw unavailable(status.state);
    const request = validRequest(await readJson(incoming, this.settings));
    if (this.registry.closing) throw shuttingDown(response);

    const stop = new AbortController();
    const { signal } = stop;
    const seen = observedRequest(request, context);
    if (seen.threadId !== undefined) logThread(seen.threadId);
    const metadata = requestMetadata(request);
    const releases: Array<() => void> = [];
    const onGone = (listener: () => void): void => {
      releases.push(onConnectionClose(incoming.socket, listener));
    };
    let hasLeft = false;
    let sent: Sent | undefined;
    const keptFor = this.#answersKeptFor(incoming);
    const goesOn = keptFor === Infinity || isAnswer(request);
    const readers = new Readers(goesOn ? keptFor : 0, () => stop.abort());
    onGone(() => {
      hasLeft = true;
      readers.leave();
    });
    const bytesBefore = incoming.socket.bytesWritten;
    const begun = performance.now();
    const onOpen = (): void => {
      admissionOf(incoming)?.leave();
      this.observers.firstEvent(seen, performance.now() - begun);
    };
    const keep = (bytes: number): void => admissionOf(incoming)?.keepAnswer(bytes);
    this.observers.requestBegan(seen);
    let outcome: ObservedOutcome = 'failed';
    try {
      const own = context.with({ metadata, signal });
      const onSent = (all: Sent): void => void (sent = all);
      const ends = { stop, readers, keptFor, onGone };
      outcome = await this.#handle({ response, request, context: own, keep, onOpen, onSent, ...ends });
    } finally {
      readers.end();
      if (signal.aborted) outcome = 'stopped';
      this.observers.requestEnded(seen, {
        outcome,
        milliseconds: performance.now() - begun,
        stop: signal.aborted ? stopOf(hasLeft, sent, signal) : undefined,
        events: sent?.events,
        bytes: incoming.socket.bytesWritten - bytesBefore,
      });
      for (const release of releases) release();
    }
  }

  /** Milliseconds for which answers to a client go on when their last reader has left. */
  #answersKeptFor({ headers }: IncomingMessage): number {
    if (this.settings.disconnectPolicy === 'complete') return Infinity;
    // whoever comes back may be sent to another replica, which has to know of it
    const isKnown = this.server.answersElsewhere?.isConnected ?? true;
    return isKnown && STOPS_BY_REQUEST.test(headers.accept ?? '') ? this.settings.rejoinWithinMs : 0;
  }

  async #handle(running: RunningRequest): Promise<ObservedOutcome> {
    const { response, request, context, stop, onGone } = running;
    const outside = { stop: () => stop.abort(), kill: () => void response.destroy() };
    let outcome: ObservedOutcome = 'failed';
    const work = async (): Promise<void> => {
      outcome = await this.#process(running);
      await flushed(response, onGone);
    };
    if (isStreamingRequest(request)) await this.registry.runStream(context, outside, work);
    else await this.registry.run(outside, work);
    return outcome;
  }

  async #process({
    response,
    request,
    context,
    stop,
    readers,
    onGone,
    ...running
  }: RunningRequest): Promise<ObservedOutcome> {
    const { signal } = stop;
    // before the thread is read: what ends meanwhile is joined in vain, and not missed
    if (request.type === 'threads.get_by_id' && isAnswering(this.server, request.params.thread_id, context)) {
      response.setHeader(ANSWERING, 'true');
    }
    // who reads a thread may have lost its answer before the first word of this came
    if (running.keptFor > 0 && (request.type === 'threads.get_by_id' || isAnswer(request))) {
      response.setHeader(STOP, stopWord(running.keptFor));
    }
    const result = await this.server.handle(request, context, {
      signal,
      enforceStatus: this.settings.enforceStatus,
      onEnded: (reason) => stop.abort(reason),
      onJoined: (count) => readers.joined(count),
    });
    if (!result.streaming) {
      sendJson(response, result.json, this.settings.stallTimeoutMs, running.keep);
      return 'completed';
    }
    const writer = new SseWriter(response, this.frames, this.settings.stallTimeoutMs);
    onGone(() => writer.close());
    let quieten: (() => void) | undefined;
    const onOpen = (): void => {
      running.onOpen();
      quieten = this.heartbeat.add(writer);
    };
    try {
      const isWhole = await sendEvents(result.events, { writer, signal, logger: this.logger, onOpen });
      return isWhole ? 'completed' : 'failed';
    } finally {
      quieten?.();
      running.onSent(writer);
    }
  }
}

function isAnswer(request: ChatKitRequest): boolean {
  return isStreamingRequest(request) && request.type !== 'threads.join';
}

function stopWord(keptFor: number): string {
  return keptFor === Infinity ? 'request' : `request;within=${keptFor}`;
}

/** Why an answer was stopped. */
function stopOf(hasLeft: boolean, sent: Sent | undefined, { reason }: AbortSignal): ObservedStop {
  if (sent?.isStalled === true) return 'stalled';
  return hasLeft || reason instanceof AnswerEnded ? 'cancelled' : 'cut';
}

function observedRequest(
  { type, params }: ChatKitRequest,
  { tenantId, userId, correlationId }: RequestContext,
): ObservedRequest {
  return {
    type,
    tenantId,
    userId,
    correlationId,
    threadId: 'thread_id' in params ? params.thread_id : undefined,
  };
}
