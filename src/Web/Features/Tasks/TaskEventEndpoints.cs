using System.Globalization;
using Orkestron.Contracts.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Live;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks;

/// <summary>A task's events, as a live stream or as a page of JSON.</summary>
internal static class TaskEventEndpoints
{
    private const string LastEventId = "Last-Event-ID";

    public static void MapTaskEvents(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{id:guid}/events", EventsAsync).RequireAuthorization(Scopes.Read).WithTags("Tasks")
            .WithSummary("A task's events: text/event-stream follows the task (after, Last-Event-ID), application/json is a page")
            .Produces<TaskEventList>(StatusCodes.Status200OK, "application/json", EventStreamResult.ContentType)
            .ProducesProblems(400, 401, 404, 429);

    private static async Task<IResult> EventsAsync(
        Guid id, string? after, int? limit, HttpContext context, IGrainFactory grains, TaskStreams streams)
    {
        var request = context.Request;
        var last = request.Headers[LastEventId].ToString();
        // A reconnecting browser sends both; the header is the newer one.
        var place = last.Length > 0 ? last : after ?? "0";
        var valid = long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor);
        var wrong = new FieldChecks()
            .That(last.Length > 0 ? LastEventId : "after", valid, "A sequence is a whole number of 0 or more: that of the last event you received, or 0 for all.")
            .Limit(limit, 500)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        if (WantsPage(request))
        {
            var page = await grains.GetGrain<ITaskGrain>(id).UpdatesAsync(context.RequiredUserId(), cursor, limit ?? 200);
            return ProblemResult.From(page, updates => TaskStreams.Beyond(updates, cursor) is { } beyond
                ? ProblemResult.Of(beyond)
                : Results.Ok(new TaskEventList(
                [.. updates.Items.Select(static update => update.ToEvent())], updates.Last, updates.Ended)));
        }

        var opened = await streams.OpenAsync(context.User, id, cursor);
        return opened.Accepted ? new EventStreamResult(opened.Value) : ProblemResult.Of(opened.Refusal);
    }

    private static bool WantsPage(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("application/json", StringComparison.OrdinalIgnoreCase)
            && !accept.Contains(EventStreamResult.ContentType, StringComparison.OrdinalIgnoreCase);
    }
}
