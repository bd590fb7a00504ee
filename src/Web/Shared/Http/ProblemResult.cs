using Orkestron.Domain;

namespace Orkestron.Web.Shared.Http;

/// <summary>The result of an endpoint that answers with a problem.</summary>
internal sealed class ProblemResult(Func<HttpContext, Problem> problem, TimeSpan? retryAfter = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Problems.WriteAsync(httpContext, problem(httpContext), retryAfter);

    /// <summary>A refusal as a problem.</summary>
    public static ProblemResult Of(Refusal refusal, string root = "") =>
        new(context => Problems.Of(context, refusal, root), RetryAfter(refusal.Code));

    /// <summary>The result of a command, or its refusal as a problem.</summary>
    public static IResult From<T>(Outcome<T> outcome, Func<T, IResult> accepted, string root = "")
        where T : class => outcome.Accepted ? accepted(outcome.Value) : Of(outcome.Refusal, root);

    // A limit of items takes longer than a second to free up.
    private static TimeSpan? RetryAfter(RefusalCode code) =>
        code == RefusalCode.TooMany ? TimeSpan.FromSeconds(30) : null;
}
