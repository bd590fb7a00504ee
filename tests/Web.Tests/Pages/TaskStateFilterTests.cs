using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.MyTasks;
using Orkestron.Web.Features.Tasks.Parts;
using Orkestron.Web.Shared.Text;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

/// <summary>A list of tasks is filtered by the states that it shows; what waits for a provider has other ways on.</summary>
public sealed class TaskStateFilterTests
{
    [Theory]
    [InlineData("away", "away", true)]
    [InlineData("submitted", "away", false)]
    [InlineData("submitted", "queued", true)]
    [InlineData("working", "input-required", false)]
    [InlineData("failed", "rejected", true)]
    [InlineData("rejected", "failed", false)]
    [InlineData("completed", "completed", true)]
    public void Filter_Always_GoesByTheWordShown(string chosen, string shown, bool included) =>
        Assert.Equal(included, TaskStateFilter.Includes(chosen, shown));

    [Fact]
    public void Filter_OfAnyStateShown_LooksWhereSuchTasksAreStored()
    {
        foreach (var state in Enum.GetValues<TaskState>())
        {
            Assert.Contains(state.Word(), TaskStateFilter.All);
            Assert.Contains(state.Word(), TaskStateFilter.Stored(state.Word()));
        }

        foreach (var wait in new[]
        {
            WaitKinds.Provider,
            WaitKinds.Queue,
            WaitKinds.Answer,
            WaitKinds.Timer,
            WaitKinds.Retry,
            WaitKinds.Message,
        })
        {
            var shown = StateLabel.Of(new WaitView(wait, 1, default));
            var chosen = Assert.Single(TaskStateFilter.All, word => TaskStateFilter.Includes(word, shown));
            Assert.Contains("submitted", TaskStateFilter.Stored(chosen));
            Assert.Contains("working", TaskStateFilter.Stored(chosen));
        }

        Assert.Equal(["failed", "rejected"], TaskStateFilter.Stored("failed"));
    }

    [Theory]
    [InlineData("""{"text":"x"}""", "b/fits c/dear")]
    [InlineData("""{"text":1}""", "")]
    [InlineData("""{"text":"x","more":2}""", "")]
    public void Others_ForATaskWhoseProviderIsAway_TakeItsInputAndCanRun(string input, string agents)
    {
        AgentView[] found =
        [
            Agent("a/away", 1), Agent("c/dear", 9), Agent("b/fits", 2), Agent("d/gone", 1, new AgentConnected(0, 0)),
            Agent("e/other", 1, schema: """{"type":"object","required":["csv"]}"""), Agent("b/fits", 2),
        ];

        Assert.Equal(agents, string.Join(' ', Alternatives.Suitable(found, "a/away", Payload.Of(input)).Select(static each => each.Key)));
    }

    private static AgentView Agent(string key, long price, AgentConnected? connected = null, string? schema = null) => new(
        new AgentManifest
        {
            Provider = key.Split('/')[0],
            Name = key.Split('/')[1],
            Version = "1.0.0",
            Kind = "worker",
            Title = key,
            Summary = "A test.",
            Skills = ["text"],
            InputSchema = Payload.Of(schema ?? """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"""),
            OutputSchema = Payload.Of("{}"),
            Examples = [],
            Price = new AgentPricing(price, 0, 0),
            Country = "DE",
            MaxConcurrency = 1,
            Timeout = TimeSpan.FromMinutes(1),
            MaxInputBytes = 1_000,
        },
        default,
        new AgentStats(0, 0, null, null, 0, 0),
        connected);
}
