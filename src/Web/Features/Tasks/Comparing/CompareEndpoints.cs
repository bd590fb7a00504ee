using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Comparing;

/// <summary>Comparing two tasks.</summary>
internal static class CompareEndpoints
{
    public static void MapComparison(this IEndpointRouteBuilder api) =>
        api.MapGet("/tasks/{id:guid}/compare/{other:guid}", CompareAsync).RequireAuthorization(Scopes.Read).WithTags("Tasks")
            .WithSummary("Compares two of your tasks: where their inputs, results and steps differ, step by step")
            .Produces<TaskComparison>().ProducesProblems(400, 401, 404);

    private static async Task<IResult> CompareAsync(Guid id, Guid other, HttpContext context, IGrainFactory grains)
    {
        if (id == other)
        {
            return ProblemResult.Of(Refuse.With(RefusalCode.Invalid, "Name two different tasks."));
        }

        var userId = context.RequiredUserId();
        var found = await Task.WhenAll(
            grains.GetGrain<ITaskGrain>(id).GetAsync(userId), grains.GetGrain<ITaskGrain>(other).GetAsync(userId));
        return ProblemResult.From(
            found[0], first => ProblemResult.From(found[1], second => Results.Ok(Of(first, second))));
    }

    private static TaskComparison Of(TaskView first, TaskView second) => new(
        Run(first),
        Run(second),
        Comparison.Between(first.Input, second.Input),
        Comparison.Between(first.Result, second.Result),
        [.. Comparison.Steps(first, second).Select(static pair =>
            new StepComparison(pair.Path, Step(pair.First), Step(pair.Second), pair.Differences))]);

    private static ComparedTask Run(TaskView task) => new(
        task.Id,
        task.Agent,
        task.AgentVersion,
        task.State.Word(),
        task.CreatedAt,
        task.EndedAt,
        new Tokens(task.ChargedMicro),
        task.Steps.Length,
        task.Steps.Count(static step => step.ReusedFrom is not null));

    private static ComparedStep? Step(StepView? view) => view?.ToDetail() is not { } step
        ? null
        : new ComparedStep(
            step.Id,
            step.Agent,
            step.AgentVersion,
            step.State,
            step.FailureCode,
            step.StartedAt,
            step.EndedAt,
            step.Cost,
            step.ReusedFrom);
}
