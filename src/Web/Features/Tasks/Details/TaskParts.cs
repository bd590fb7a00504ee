using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Details;

/// <summary>Serves parts of a task's page: the board for its script, and the downloads.</summary>
internal static class TaskParts
{
    private const int EventPage = 100;
    private const int SendAt = 131_072;

    public static void MapTaskParts(this IEndpointRouteBuilder endpoints)
    {
        var parts = endpoints.MapGroup("/tasks/{id:guid}").ExcludeFromDescription();
        parts.MapGet("/board", BoardAsync);
        parts.MapGet("/result.json", ResultAsync);
        parts.MapGet("/events.json", EventsAsync);
    }

    private static async Task<IResult> BoardAsync(
        Guid id, long after, HttpContext context, IGrainFactory grains, PageUser user)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store";
        if (await user.IdAsync() is not { } userId)
        {
            return TypedResults.Unauthorized();
        }

        var snapshot = await TaskSnapshot.ReadAsync(grains, userId, id, after);
        return snapshot.Accepted
            ? new RazorComponentResult<TaskBoard>(new { Snapshot = snapshot.Value, Part = true })
            : TypedResults.NotFound();
    }

    // Hostile content: sent as an attachment, never rendered on this site.
    private static async Task<IResult> ResultAsync(Guid id, IGrainFactory grains, PageUser user) =>
        await user.IdAsync() is { } userId
        && (await grains.GetGrain<ITaskGrain>(id).GetAsync(userId)).Value?.Result is { } result
            ? TypedResults.Bytes(result.Utf8, "application/json", $"result-{id:N}.json")
            : TypedResults.NotFound();

    private static async Task<IResult> EventsAsync(Guid id, IGrainFactory grains, PageUser user)
    {
        if (await user.IdAsync() is not { } userId)
        {
            return TypedResults.NotFound();
        }

        var grain = grains.GetGrain<ITaskGrain>(id);
        var first = await grain.UpdatesAsync(userId, 0, EventPage);
        return first.Accepted
            ? TypedResults.Stream(
                body => WriteAsync(body, grain, userId, first.Value), "application/json", $"events-{id:N}.json")
            : TypedResults.NotFound();
    }

    private static async Task WriteAsync(Stream body, ITaskGrain grain, Guid userId, TaskUpdates page)
    {
        // The writer uses a buffer, because it writes to streams synchronously, which the server does not allow.
        var buffer = new ArrayBufferWriter<byte>(65_536);
        await using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        while (page.Items.Length > 0)
        {
            foreach (var update in page.Items)
            {
                JsonSerializer.Serialize(writer, update.ToEvent(), ApiJson.Options);
                if (writer.BytesPending + buffer.WrittenCount >= SendAt)
                {
                    await SendAsync(body, writer, buffer);
                }
            }

            await SendAsync(body, writer, buffer);
            var next = await grain.UpdatesAsync(userId, page.Items[^1].Sequence, EventPage);
            if (!next.Accepted)
            {
                break;
            }

            page = next.Value;
        }

        writer.WriteEndArray();
        await SendAsync(body, writer, buffer);
    }

    private static async Task SendAsync(Stream body, Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        await writer.FlushAsync();
        await body.WriteAsync(buffer.WrittenMemory);
        await body.FlushAsync();
        buffer.ResetWrittenCount();
    }
}
