using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;
using Orkestron.Web.Shared.Components;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

/// <summary>What a schema does not declare is named in plain words, and by REST where it stood.</summary>
public sealed class DroppedMembersNoticeTests
{
    [Theory]
    [InlineData("/ssn", false, "the agent's", "", "ssn was left out: the agent's schema does not declare it.")]
    [InlineData("/to/iban /a~1b", false, "the question's", "Of your answer, ", "Of your answer, to/iban, a/b were left out: the question's schema does not declare them.")]
    [InlineData("/<i>x", true, "the agent's", "", "&lt;i&gt;x is not passed on: the agent's schema does not declare it.")]
    [InlineData("/1 /2 /3 /4 /5 /6 /7 /8 /9 /10 /11 /12 /13", true, "the agent's", "", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 1 more are not passed on: the agent's schema does not declare them.")]
    public async Task Members_LeftOut_AreNamed(string pointers, bool future, string whose, string lead, string told)
    {
        var html = await HtmlAsync(new Dictionary<string, object?>
        {
            ["Members"] = ImmutableArray.Create(pointers.Split(' ')),
            ["Future"] = future,
            ["Whose"] = whose,
            ["Lead"] = lead,
        });

        Assert.Equal(
            told, Regex.Replace(Regex.Replace(html, "<[^>]+>", ""), @"\s+", " ").Replace("&#x27;", "'", StringComparison.Ordinal).Trim());
    }

    [Fact]
    public void Mark_OfAnAnswerWithSuchMembers_NamesThemByRest()
    {
        var step = new StepView
        {
            Id = 1,
            Agent = "a/b",
            AgentVersion = "1.0.0",
            State = StepState.Working,
            History =
            [
                new HistoryEntryView("0", HistoryKind.Question, default, default(DateTimeOffset), false) { DroppedMembers = ["/ssn"] },
                new HistoryEntryView("1", HistoryKind.Question, default, null, false),
            ],
        };

        Assert.Equal(["/ssn"], step.ToDetail().Marks[0].DroppedMembers!);
        Assert.Null(step.ToDetail().Marks[1].DroppedMembers);
    }

    private static async Task<string> HtmlAsync(Dictionary<string, object?> parameters)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<DroppedMembersNotice>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
