using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Features.Tasks.Sharing;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks;

/// <summary>Single values of a task, of any size.</summary>
internal static class StepValueEndpoints
{
    public static void MapStepValues(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks/{id:guid}/steps/{step:int}/input", InputAsync).RequireAuthorization(Scopes.Read).WithTags("Tasks")
            .WithSummary("The input of a step; for step 1, that of the task").Produces<JsonElement>().ProducesProblems(401, 404);
        api.MapGet("/tasks/{id:guid}/steps/{step:int}/output", OutputAsync).RequireAuthorization(Scopes.Read).WithTags("Tasks")
            .WithSummary("The output of a step; for step 1, the result of the task").Produces<JsonElement>().ProducesProblems(401, 404);
        api.MapGet("/shared/{token}/steps/{step:int}/input", SharedInputAsync).WithTags("Tasks")
            .WithSummary("The input of a step of a shared task").Produces<JsonElement>().ProducesProblems(404);
        api.MapGet("/shared/{token}/steps/{step:int}/output", SharedOutputAsync).WithTags("Tasks")
            .WithSummary("The output of a step of a shared task").Produces<JsonElement>().ProducesProblems(404);
    }

    private static async Task<IResult> InputAsync(Guid id, int step, HttpContext context, IGrainFactory grains) =>
        Input(await grains.GetGrain<ITaskGrain>(id).GetAsync(context.RequiredUserId()), step);

    private static async Task<IResult> OutputAsync(Guid id, int step, HttpContext context, IGrainFactory grains) =>
        Output(await grains.GetGrain<ITaskGrain>(id).GetAsync(context.RequiredUserId()), step);

    private static async Task<IResult> SharedInputAsync(string token, int step, IGrainFactory grains) =>
        Input(await ShareEndpoints.ReadAsync(token, grains), step);

    private static async Task<IResult> SharedOutputAsync(string token, int step, IGrainFactory grains) =>
        Output(await ShareEndpoints.ReadAsync(token, grains), step);

    private static IResult Input(Outcome<TaskView> found, int step) =>
        Value(found, step, "input", static (task, view) => view.Id == 1 ? task.Input : view.Input);

    private static IResult Output(Outcome<TaskView> found, int step) =>
        Value(found, step, "output", static (task, view) => view.Id == 1 ? task.Result : view.Output);

    private static IResult Value(Outcome<TaskView> found, int step, string name, Func<TaskView, StepView, Payload?> of) =>
        ProblemResult.From(found, task => step < 1 || step > task.Steps.Length
            ? ProblemResult.Of(Refuse.With(RefusalCode.NotFound, $"The task has no step {step}: its steps are 1 to {task.Steps.Length}."))
            : of(task, task.Steps[step - 1]) is { } value
                ? Results.Bytes(value.Utf8, "application/json")
                : ProblemResult.Of(Refuse.With(RefusalCode.NotFound, $"Step {step} has no {name}.")));
}
