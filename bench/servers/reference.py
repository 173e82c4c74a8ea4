"""The Python reference, as a team runs it: uvicorn, Starlette, asyncpg, and a store on plain tables."""

import asyncio
import os
import re
import time
from datetime import datetime, timezone

import asyncpg
import jwt
import uvicorn
from chatkit.server import ChatKitServer, StreamingResult
from chatkit.store import NotFoundError, Store
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartDone,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    Page,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
)
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

ITEM = TypeAdapter(ThreadItem)
DELTA = "the quick brown fox jump "
pool = None


def paged(rows, limit, parse):
    data = [parse(row["data"]) for row in rows[:limit]]
    more = len(rows) > limit
    return Page(data=data, has_more=more, after=data[-1].id if more else None)


class PlainStore(Store[dict]):
    async def load_thread(self, thread_id, context):
        row = await pool.fetchrow(
            "SELECT data FROM threads WHERE id = $1 AND user_id = $2", thread_id, context["sub"]
        )
        if row is None:
            raise NotFoundError(thread_id)
        return ThreadMetadata.model_validate_json(row["data"])

    async def save_thread(self, thread, context):
        await pool.execute(
            "INSERT INTO threads (id, user_id, organization_id, data) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data",
            thread.id, context["sub"], context["org_id"], thread.model_dump_json(),
        )

    async def load_thread_items(self, thread_id, after, limit, order, context):
        rows = await self._page("items", "thread_id = $1 AND user_id = $2", [thread_id, context["sub"]], after, limit, order)
        return paged(rows, limit, ITEM.validate_json)

    async def load_threads(self, limit, after, order, context):
        rows = await self._page("threads", "user_id = $1", [context["sub"]], after, limit, order)
        return paged(rows, limit, ThreadMetadata.model_validate_json)

    async def _page(self, table, where, values, after, limit, order):
        way, beyond = ("DESC", "<") if order == "desc" else ("ASC", ">")
        if after is not None:
            values = [*values, after]
            where += f" AND created_at {beyond} (SELECT created_at FROM {table} WHERE id = ${len(values)})"
        return await pool.fetch(
            f"SELECT data FROM {table} WHERE {where} ORDER BY created_at {way} LIMIT {limit + 1}", *values
        )

    async def add_thread_item(self, thread_id, item, context):
        await self.save_item(thread_id, item, context)

    async def save_item(self, thread_id, item, context):
        await pool.execute(
            "INSERT INTO items (id, thread_id, user_id, data) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (id) DO UPDATE SET data = excluded.data",
            item.id, thread_id, context["sub"], item.model_dump_json(),
        )

    async def load_item(self, thread_id, item_id, context):
        raise NotFoundError(item_id)

    async def delete_thread(self, thread_id, context):
        raise NotImplementedError

    async def delete_thread_item(self, thread_id, item_id, context):
        raise NotImplementedError

    async def save_attachment(self, attachment, context):
        raise NotImplementedError

    async def load_attachment(self, attachment_id, context):
        raise NotFoundError(attachment_id)

    async def delete_attachment(self, attachment_id, context):
        raise NotImplementedError


class Reference(ChatKitServer[dict]):
    async def respond(self, thread, input_user_message, context):
        text = "".join(part.text for part in input_user_message.content)
        deltas, delay = (int(n) for n in re.search(r"bench deltas=(\d+) delay=(\d+)", text).groups())
        item = AssistantMessageItem(
            id=self.store.generate_item_id("message", thread, context),
            thread_id=thread.id, created_at=datetime.now(timezone.utc), content=[],
        )

        def updated(update):
            return ThreadItemUpdatedEvent(item_id=item.id, update=update)

        yield ThreadItemAddedEvent(item=item)
        yield updated(AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text="")))
        start, said = time.time() * 1000, ""
        for n in range(1, deltas + 1):
            delta = DELTA
            if delay:
                due = int(start) + n * delay
                await asyncio.sleep(max(0, due - time.time() * 1000) / 1000)
                delta = f"[{due}] fox jump".ljust(len(DELTA))
            else:
                await asyncio.sleep(0)
            said += delta
            yield updated(AssistantMessageContentPartTextDelta(content_index=0, delta=delta))
        content = AssistantMessageContent(text=said)
        yield updated(AssistantMessageContentPartDone(content_index=0, content=content))
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": [content]}))


server = Reference(PlainStore())


async def chatkit(request):
    token = request.headers["authorization"][len("Bearer "):]
    claims = jwt.decode(
        token, os.environ["AUTH_JWT_SECRET"], algorithms=["HS256"],
        audience=os.environ["AUTH_AUDIENCE"], issuer=os.environ["AUTH_ISSUER"],
    )
    result = await server.process(await request.body(), claims)
    if isinstance(result, StreamingResult):
        return StreamingResponse(result, media_type="text/event-stream")
    return Response(result.json, media_type="application/json")


async def main():
    global pool
    pool = await asyncpg.create_pool(os.environ["DATABASE_URL"])
    app = Starlette(routes=[Route("/chatkit", chatkit, methods=["POST"])])
    port = int(os.environ["PORT"])
    await uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False)).serve()


asyncio.run(main())
