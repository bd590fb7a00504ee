using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.Parts;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

/// <summary>What an attempt without an answer had written stands with it, also after a reload; where it was not kept, that is
/// said.</summary>
public sealed class AttemptListTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Attempts_ThatGaveNoAnswer_ShowWhatTheyWroteOrThatItWasNotKept()
    {
        var html = await HtmlAsync(Step(
            [Run(1, StepLosses.WorkerLost), Run(2, StepLosses.HandedBack), Run(3, null)],
            [new AttemptOutput(1, "<b>line 1</b>", false)]));

        Assert.Contains("Output of attempt 1", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;line 1&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("the rest was not stored", html, StringComparison.Ordinal);
        Assert.Contains("No output of attempt 2 was stored", html, StringComparison.Ordinal);
        Assert.DoesNotContain("No output of attempt 3", html, StringComparison.Ordinal);
    }

    private static StepRun Run(int attempt, string? failure) => new(Start.AddSeconds(10 * attempt), Start.AddSeconds((10 * attempt) + 5))
    {
        Attempt = attempt,
        Failure = failure,
    };

    private static StepView Step(StepRun[] runs, AttemptOutput[] outputs) => new()
    {
        Id = 1,
        Agent = "a/b",
        AgentVersion = "1.0.0",
        State = StepState.Completed,
        Attempt = runs.Length,
        Runs = [.. runs],
        Outputs = [.. outputs],
    };

    private static async Task<string> HtmlAsync(StepView step)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AttemptList>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { ["Step"] = step, ["Begin"] = Start }))).ToHtmlString());
    }
}
