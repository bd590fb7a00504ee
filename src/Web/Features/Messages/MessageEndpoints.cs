using Microsoft.Extensions.Options;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Messages;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Messages;

/// <summary>The messages between the steps of a task.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{id:guid}/messages", ListAsync).RequireAuthorization(Scopes.Read).WithTags("Tasks")
            .WithSummary("The messages between the steps of a task, in the order they were sent")
            .Produces<ListOf<TaskMessage>>().ProducesProblems(400, 401, 404);

    public static TaskMessage ToMessage(this MessageView message, Guid taskId, IEnumerable<StepName> steps)
    {
        var names = steps.ToDictionary(static step => step.Id);
        return new TaskMessage(
            message.Id,
            taskId,
            "agent",
            Party(message.FromStep),
            message.ToStep is { } to ? Party(to) : new MessageParty(null, RoleOf(message.To), null),
            message.Type,
            message.Content is { } content ? [new MessagePart(content.ToElement())] : [],
            message.SentAt,
            message.TakenAt);

        MessageParty Party(int id) => new(id, names[id].Role, names[id].Agent);
    }

    private static string RoleOf(string to) => MessageTo.TryParse(to, out var address) ? address.RoleName ?? to : to;

    private static async Task<IResult> ListAsync(
        Guid id, string? after, int? limit, HttpContext context, IGrainFactory grains, IOptions<WebOptions> options)
    {
        var wrong = new FieldChecks()
            .After(ListCursor.Messages, after, out var cursor)
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var page = await grains.GetGrain<ITaskGrain>(id)
            .MessagesAsync(context.RequiredUserId(), cursor, limit ?? options.Value.PageSize);
        return ProblemResult.From(page, messages => Results.Ok(new ListOf<TaskMessage>(
            [.. messages.Items.Select(message => message.ToMessage(id, messages.Steps))],
            messages.More ? ListCursor.Messages.Encode(messages.Items[^1].Id) : null)));
    }
}
