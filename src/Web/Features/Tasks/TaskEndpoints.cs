using System.Globalization;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Wallets;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Features.Tasks.Submission;
using Orkestron.Web.Features.Wallets;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Tasks;

/// <summary>Submitting, reading, cancelling and repeating tasks.</summary>
internal static class TaskEndpoints
{
    private const int MaxDisclosures = 500;
    private const int MaxEntries = 100;
    private const string WrongVersion = "A version has 1 to 60 characters.";

    private static readonly string[] States =
        [.. Enum.GetValues<TaskState>().Select(static state => state.Word())];

    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapPost("", SubmitAsync).RequireAuthorization(Scopes.Write)
            .WithSummary("Submit a task to an agent (an Idempotency-Key makes repeats safe); with wait, 200 once it is settled, 202 if that takes longer")
            .Produces<TaskDetail>()
            .Produces<TaskDetail>(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 401, 402, 403, 404, 409, 413, 422, 429, 503);
        tasks.MapPost("/quote", QuoteAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("The price of a run, before it runs").Produces<TaskQuote>().ProducesProblems(400, 401, 403, 404, 413);
        tasks.MapGet("", ListAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("Your tasks, newest first").Produces<ListOf<TaskListItem>>().ProducesProblems(400, 401);
        tasks.MapGet("/{id:guid}", GetAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("A task; with wait, once it is settled or after that many seconds (0 to 60). Steps are paged")
            .Produces<TaskDetail>().ProducesProblems(400, 401, 404);
        tasks.MapPost("/{id:guid}/cancel", CancelAsync).RequireAuthorization(Scopes.Write)
            .WithSummary("Cancel a task; only completed steps are charged").Produces<TaskDetail>().ProducesProblems(401, 404, 409);
        tasks.MapPost("/{id:guid}/input", AnswerAsync).RequireAuthorization(Scopes.Write)
            .WithSummary("Answer an agent's question").Produces<TaskDetail>().ProducesProblems(400, 401, 404, 409, 413, 422);
        tasks.MapPost("/{id:guid}/retry", RetryAsync).RequireAuthorization(Scopes.Write)
            .WithSummary("Run the same input again as a new task; from a later step, earlier steps are reused and neither run nor paid again")
            .Produces<TaskDetail>(StatusCodes.Status202Accepted).ProducesProblems(400, 401, 402, 404, 409, 422);
        tasks.MapGet("/{id:guid}/disclosures", DisclosuresAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("Which agents received which fields of the task's input, and when")
            .Produces<ListOf<Disclosure>>().ProducesProblems(400, 401, 404);
        tasks.MapGet("/{id:guid}/ledger", LedgerAsync).RequireAuthorization(Scopes.Read)
            .WithSummary("The task's ledger entries, oldest first").Produces<ListOf<WalletEntry>>().ProducesProblems(400, 401, 404);
    }

    private static async Task<IResult> SubmitAsync(
        CreateTaskRequest body, int? wait, HttpContext context, TaskSubmissions tasks, TaskWaiting waiting)
    {
        var wrong = new FieldChecks()
            .Wait(wait)
            .AgentAddress(body.Agent)
            .That("#/input", body.Input is not null, "This is required: an input for the agent.")
            .That("#/budgetTokens", body.BudgetTokens is null or { Micro: > 0 }, "This must be more than 0.")
            .That("#/agentVersion", body.AgentVersion is null or { Length: > 0 and <= 60 }, WrongVersion)
            .That("#/agreedPrice", body.AgreedPrice is null or { Micro: >= 0 }, "This must be 0 or more.")
            .That("#/agreedHold", body.AgreedHold is null or { Micro: >= 0 }, "This must be 0 or more.")
            .Terms(body)
            .IdempotencyKey(context, out var key)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var outcome = await tasks.SubmitAsync(
            context.RequiredUserId(),
            body.Agent!,
            body.Input!.Value,
            body.BudgetTokens,
            body.Deadline,
            key,
            body.AgentVersion,
            body.AgreedPrice,
            body.AgreedHold,
            body.ToTerms());
        if (!outcome.Accepted || wait is not > 0)
        {
            return Accepted(outcome, context);
        }

        using var stop = context.StopWaiting();
        var waited = await waiting.SettledAsync(outcome.Value.Id, context.RequiredUserId(), TimeSpan.FromSeconds(wait.Value), stop.Token);
        return waited is { Accepted: true, Value.Settled: true } ? Ok(waited, context) : Accepted(waited, context);
    }

    private static async Task<IResult> QuoteAsync(QuoteRequest body, HttpContext context, TaskSubmissions tasks)
    {
        var wrong = new FieldChecks()
            .AgentAddress(body.Agent)
            .That("#/input", body.Input is not null, "This is required: the price depends on its size.")
            .That("#/agentVersion", body.AgentVersion is null or { Length: > 0 and <= 60 }, WrongVersion)
            .Problem();
        return wrong ?? ProblemResult.From(
            await tasks.QuoteAsync(context.RequiredUserId(), body.Agent!, body.Input!.Value, body.AgentVersion),
            static quote => Results.Ok(quote));
    }

    private static async Task<IResult> ListAsync(
        string? state,
        string? agent,
        string? after,
        int? limit,
        HttpContext context,
        IGrainFactory grains,
        IOptions<WebOptions> options)
    {
        var wrong = new FieldChecks()
            .That("state", state is null || States.Contains(state), $"States are {string.Join(", ", States)}.")
            .That("agent", agent is null or { Length: <= 101 }, "An agent is named provider/name.")
            .After(ListCursor.Tasks, after, out var cursor)
            .Limit(limit, options.Value.MaxPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        var page = await grains.GetGrain<ITaskListGrain>(0).MineAsync(new TaskQuery(
            context.RequiredUserId(), state, agent, cursor, limit ?? options.Value.PageSize));
        return Results.Ok(
            new ListOf<TaskListItem>([.. page.Items.Select(static task => task.ToItem())], ListCursor.Tasks.Encode(page.Next)));
    }

    private static async Task<IResult> GetAsync(
        Guid id, int? wait, int? stepsAfter, int? stepsLimit, HttpContext context, TaskWaiting waiting, IOptions<WebOptions> options)
    {
        var wrong = new FieldChecks()
            .Wait(wait)
            .Steps(stepsAfter, stepsLimit, options.Value.MaxStepPageSize)
            .Problem();
        if (wrong is not null)
        {
            return wrong;
        }

        using var stop = context.StopWaiting();
        return Ok(
            await waiting.SettledAsync(id, context.RequiredUserId(), TimeSpan.FromSeconds(wait ?? 0), stop.Token),
            context,
            stepsAfter,
            stepsLimit);
    }

    private static async Task<IResult> CancelAsync(Guid id, HttpContext context, IGrainFactory grains) =>
        Ok(await grains.GetGrain<ITaskGrain>(id).CancelAsync(new CancelTask(context.RequiredUserId())), context);

    private static async Task<IResult> AnswerAsync(Guid id, TaskInputRequest body, HttpContext context, IGrainFactory grains)
    {
        var wrong = new FieldChecks()
            .That("#/input", body.Input is not null, "This is required: the answer.")
            .That("#/questionId", body.QuestionId is null or { Length: <= 250 }, "Use the id of a question in the task.")
            .Problem();
        return wrong ?? ProblemResult.From(
            await grains.GetGrain<ITaskGrain>(id).AnswerAsync(
                new AnswerQuestion(context.RequiredUserId(), body.QuestionId, body.Input!.Value.ToPayload())),
            task => Results.Ok(task.ToDetail(Window(task, context))),
            "/input");
    }

    private static async Task<IResult> RetryAsync(
        Guid id, RetryTaskRequest? body, HttpContext context, TaskSubmissions tasks)
    {
        var wrong = new FieldChecks()
            .That("#/fromStep", body?.FromStep is null or >= 1, "This is the number of a step, starting from 1.")
            .IdempotencyKey(context, out var key)
            .Problem();
        return wrong
            ?? Accepted(await tasks.RetryAsync(context.RequiredUserId(), id, body?.FromStep ?? 1, key, body?.AgreedPrice), context);
    }

    private static async Task<IResult> DisclosuresAsync(Guid id, string? after, int? limit, HttpContext context, IGrainFactory grains)
    {
        if (new FieldChecks().After(ListCursor.Disclosures, after, out var cursor).Limit(limit, MaxDisclosures).Problem() is { } wrong)
        {
            return wrong;
        }

        var from = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        return ProblemResult.From(
            await grains.GetGrain<ITaskGrain>(id).GetAsync(context.RequiredUserId()),
            task =>
            {
                var left = Disclosures.Of(task).Where(each => each.StepId > from).ToArray();
                var page = left.Take(limit ?? MaxDisclosures).ToArray();
                return Results.Ok(new ListOf<Disclosure>(
                    page, page.Length < left.Length ? ListCursor.Disclosures.Encode($"{page[^1].StepId}") : null));
            });
    }

    private static async Task<IResult> LedgerAsync(Guid id, string? after, int? limit, HttpContext context, IGrainFactory grains)
    {
        if (new FieldChecks().After(ListCursor.TaskEntries, after, out var cursor).Limit(limit, MaxEntries).Problem() is { } wrong)
        {
            return wrong;
        }

        var userId = context.RequiredUserId();
        var task = await grains.GetGrain<ITaskGrain>(id).GetAsync(userId);
        if (!task.Accepted)
        {
            return ProblemResult.Of(task.Refusal);
        }

        var page = await grains.GetGrain<IWalletGrain>(userId).TaskLedgerAsync(id, cursor, limit ?? MaxEntries);
        return Results.Ok(new ListOf<WalletEntry>(
            [.. page.Items.Select(WalletEndpoints.ToEntry)], ListCursor.TaskEntries.Encode(page.Next)));
    }

    private static IResult Ok(Outcome<TaskView> outcome, HttpContext context, int? stepsAfter = null, int? stepsLimit = null) =>
        ProblemResult.From(outcome, task => Results.Ok(task.ToDetail(Window(task, context, stepsAfter, stepsLimit))));

    private static TaskWindow Window(TaskView task, HttpContext context, int? stepsAfter = null, int? stepsLimit = null) =>
        TaskWindow.Of(context, TaskWindow.RootOf(task.Id), stepsAfter, stepsLimit);

    private static IResult Accepted(Outcome<TaskView> outcome, HttpContext context) => ProblemResult.From(
        outcome,
        task => Results.Accepted(TaskWindow.RootOf(task.Id), task.ToDetail(Window(task, context))),
        outcome.Refusal?.Code == RefusalCode.PriceChanged ? "" : "/input");

    private static FieldChecks Wait(this FieldChecks checks, int? wait) =>
        checks.That("wait", wait is null or (>= 0 and <= 60), "Wait 0 to 60 seconds.");

    private static FieldChecks AgentAddress(this FieldChecks checks, string? agent) => checks
        .Text("#/agent", agent, 101)
        .That("#/agent", string.IsNullOrWhiteSpace(agent) || agent.Count(static each => each == '/') == 1,
            "An agent is named provider/name, for instance orkestron/keyword-extractor.");
}
