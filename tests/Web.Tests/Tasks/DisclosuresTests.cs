using System.Text.Json;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Features.Tasks.Mapping;

namespace Orkestron.Web.Tests.Tasks;

/// <summary>Who got what, from a task as it stands.</summary>
public sealed class DisclosuresTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private const string Letter = "Dear bank, my account is 4711 and I ask for a new card. Yours, Ada.";

    private static readonly TaskView Task = new()
    {
        Id = Guid.NewGuid(),
        UserId = Guid.NewGuid(),
        Agent = "acme/clerk",
        AgentVersion = "2.0.0",
        State = TaskState.Working,
        Input = Payload.Of(JsonSerializer.Serialize(new { letter = Letter, language = "en", notes = "Call before noon." })),
        Steps =
        [
            Step(1, null, "acme/clerk", false, null),
            Step(2, 1, "orkestron/summariser", true, JsonSerializer.Serialize(new { text = Letter[..40], language = "en" })),
            Step(
                3,
                1,
                "other/translator",
                false,
                """{"words":"Nothing of it."}""") with { StartedAt = null, Attempt = 3, Recipient = "models.example" },
        ],
    };

    [Fact]
    public void Of_Task_TellsEachAgentWithWhatItGot()
    {
        var shared = Disclosures.Of(Task);

        Assert.Equal(["acme", "orkestron", "other"], shared.Select(each => each.Provider));
        Assert.Equal([false, true, false], shared.Select(each => each.InsidePlatform));
        Assert.Equal(["acme", null, "models.example"], shared.Select(each => each.Recipient));
        Assert.Equal(["/letter", "/language", "/notes"], shared[0].Fields);
        Assert.Equal(shared[0].Fields, shared[0].TaskFields);
        Assert.Equal(["/text", "/language"], shared[1].Fields);
        Assert.Equal(["/letter", "/language"], shared[1].TaskFields);
        Assert.Equal(["/words"], shared[2].Fields);
        Assert.Empty(shared[2].TaskFields!);
        Assert.Equal((1, 3, (DateTimeOffset?)null), (shared[2].ParentId, shared[2].Attempts, shared[2].StartedAt));
        Assert.Equal((At, At.AddSeconds(1)), (shared[1].At, shared[1].StartedAt));
    }

    [Fact]
    public void Of_TaskWithNumbersOfAnySize_ComparesThemExactly()
    {
        var shared = Disclosures.Of(Task with
        {
            Input = Payload.Of("""{"a":[1e99999999999],"b":[12345678901234567891],"c":[1.10]}"""),
            Steps =
            [
                Step(1, null, "acme/clerk", false, null), Step(2, 1, "other/counter", false, """{"a":[1e99999999999],"b":[12345678901234567890],"c":[1.1]}"""),
            ],
        });

        Assert.Equal(["/a", "/c"], shared[1].TaskFields);
    }

    [Fact]
    public void Of_ErasedTask_StillTellsWhoGotIt()
    {
        var erased = Disclosures.Of(Task with
        {
            Input = null,
            Steps = [.. Task.Steps.Select(step => step with { Input = null })],
        });

        Assert.Equal(["acme/clerk", "orkestron/summariser", "other/translator"], erased.Select(each => each.Agent));
        Assert.All(erased, each => Assert.Null(each.Fields));
        Assert.All(erased, each => Assert.Null(each.TaskFields));
    }

    [Theory]
    [InlineData("""{"a":"A long enough sentence."}""", """{"x":"Please read: A long enough sentence. Thank you."}""", "/a")]
    [InlineData("""{"a":"Part one of it. Part two of it."}""", """{"x":{"y":["Part two of it."]}}""", "/a")]
    [InlineData("""{"a":[{"t":"A long enough sentence."}],"b":1}""", """["A long enough sentence."]""", "/a")]
    [InlineData("""{"a":"short"}""", """{"x":"short"}""", "")]
    [InlineData("""{"a":"short","b":3}""", """{"a":"short","b":4}""", "/a")]
    [InlineData("""{"a/b~c":{"d":1}}""", """{"a/b~c":{"d":1}}""", "/a~1b~0c")]
    [InlineData("""{"a":true}""", """{"b":true}""", "")]
    [InlineData("{}", "{}", "")]
    public void SharedFields_In_AreFoundByTextOrByNameAndValue(string task, string step, string expected) => Assert.Equal(
        expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
        SharedFields.In(JsonElement.Parse(task), JsonElement.Parse(step)));

    [Fact]
    public void SharedFields_TooMuchToCompare_AreNotKnownRatherThanGuessed()
    {
        var task = JsonSerializer.SerializeToElement(new { a = Enumerable.Range(0, 200).Select(i => $"{i} " + new string('a', 2_000)) });
        var step = JsonSerializer.SerializeToElement(new { b = Enumerable.Range(0, 200).Select(i => $"{i} " + new string('b', 2_000)) });

        Assert.Null(SharedFields.In(task, step));
    }

    [Fact]
    public void SharedFields_OfAnInputWithoutFields_AreAllOfIt()
    {
        Assert.Equal([""], SharedFields.Of(JsonElement.Parse("""["x"]""")));
        Assert.Equal(
            [""],
            SharedFields.In(JsonElement.Parse("\"A long enough sentence.\""), JsonElement.Parse("""{"x":"A long enough sentence."}""")));
    }

    private static StepView Step(int id, int? parent, string agent, bool builtIn, string? input) => new()
    {
        Id = id,
        ParentId = parent,
        Agent = agent,
        AgentVersion = "1.0.0",
        State = StepState.Working,
        Attempt = 1,
        RequestedAt = At,
        StartedAt = At.AddSeconds(1),
        Input = input is null ? null : Payload.Of(input),
        KeepsInside = builtIn,
    };
}
