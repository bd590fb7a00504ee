using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Orkestron.Contracts.Agents;

namespace Orkestron.Sdk.Tests.Testing;

public sealed class AgentTestHostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OfAnAgent_GivesAnswerTextAndProgress()
    {
        var run = await new AgentTestHost().RunAsync(new Adder(), new Numbers([1, 2, 3]), Stop);

        Assert.Equal(6, run.As<Sum>().Total);
        Assert.Equal("1 2 3 ", run.Text);
        Assert.Equal([33, 67, 100], run.Progress.Select(told => Math.Round(told.Percent!.Value)));
    }

    [Fact]
    public async Task Run_OfAnInputThatCannotBeRead_IsRefused()
    {
        var run = await new AgentTestHost().RunAsync(
            new Adder(), JsonSerializer.SerializeToElement(new { numbers = "many" }), Stop);

        Assert.Equal((true, "input_invalid"), (run.Refused, run.Code));
    }

    [Fact]
    public async Task Run_Again_CallsNoAgentTwice()
    {
        var host = new AgentTestHost().Answering<Numbers, Sum>("acme/add", input => new Sum(input.Values.Sum()));
        var agent = new Caller();
        var first = await host.RunAsync(agent, new Numbers([1, 2]), Stop);
        var second = await host.RunAsync(agent, new Numbers([1, 2]), Stop);

        Assert.Equal((3, 3), (first.As<Sum>().Total, second.As<Sum>().Total));
        Assert.Equal("acme/add", Assert.Single(host.Calls).Agent);
    }

    [Fact]
    public async Task Run_ThatSleepsLong_GoesOnWhenTheClockIsAdvanced()
    {
        var clock = new FakeTimeProvider();
        var host = new AgentTestHost(clock);
        var agent = new Sleeper();

        Assert.True((await host.RunAsync(agent, new Numbers([]), Stop)).Suspended);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(7, (await host.RunAsync(agent, new Numbers([]), Stop)).As<Sum>().Total);
    }

    [Theory]
    [InlineData(2, 2, null)]
    [InlineData(2, 3, null)]
    [InlineData(3, 2, "nondeterministic")]
    [InlineData(1, 0, "nondeterministic")]
    public async Task Run_AgainAskingForLess_Fails(int first, int second, string? code)
    {
        var host = new AgentTestHost().Answering<Numbers, Sum>("acme/add", input => new Sum(input.Values.Sum()));
        var agent = new Repeater();

        Assert.Null((await host.RunAsync(agent, new Numbers([first]), Stop)).Code);
        Assert.Equal(code, (await host.RunAsync(agent, new Numbers([second]), Stop)).Code);
    }

    // The loser of a race, and a fork that nobody waits for, come as far as time allows: that is no other code.
    [Fact]
    public async Task Run_AgainWithoutWhatItsBranchesMayLeaveOut_IsTaken()
    {
        var host = new AgentTestHost().Answering<Numbers, Sum>("acme/add", input => new Sum(input.Values.Sum()));
        var agent = new Brancher();
        var first = await host.RunAsync(agent, new Numbers([]), Stop);
        var again = await host.RunAsync(agent, new Numbers([]), Stop);

        Assert.Equal((2, 2), (first.As<Sum>().Total, again.As<Sum>().Total));
        Assert.Equal(4, host.Calls.Count);
    }

    [Fact]
    public void Schema_OfARecord_TellsTypesLimitsAndDescriptions()
    {
        var schema = SchemaOf.Type<Described>();

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.Equal("object", schema.GetProperty("type").GetString());
        Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
        var text = schema.GetProperty("properties").GetProperty("text");
        Assert.Equal(("What to read.", 1, 50), (
            text.GetProperty("description").GetString(), text.GetProperty("minLength").GetInt32(),
            text.GetProperty("maxLength").GetInt32()));
        var count = schema.GetProperty("properties").GetProperty("count");
        Assert.Equal((1, 9), (count.GetProperty("minimum").GetInt32(), count.GetProperty("maximum").GetInt32()));
        Assert.Equal(["short", "long"], schema.GetProperty("properties").GetProperty("length").GetProperty("enum")
            .EnumerateArray().Select(each => each.GetString()!));
        Assert.Equal(["text", "count"], schema.GetProperty("required").EnumerateArray().Select(each => each.GetString()!));
    }

    [Fact]
    public void Version_LeftOut_ChangesWithTheDescription()
    {
        var one = new Adder().Card.Version;

        Assert.Equal(one, new Adder().Card.Version);
        Assert.StartsWith("1.0.0-", one, StringComparison.Ordinal);
        Assert.NotEqual(one, new Caller().Card.Version);
    }

    public sealed record Numbers(IReadOnlyList<int> Values);

    public sealed record Sum(int Total);

    public enum Length
    {
        Short,
        Long,
    }

    public sealed record Described(
        [property: Description("What to read."), StringLength(50, MinimumLength = 1)] string Text,
        [Range(1, 9)] int Count,
        Length Length = Length.Short);

    private static AgentDescription Describe(string name) => new()
    {
        Agent = $"acme/{name}",
        Summary = "A test.",
        Country = "DE",
        Examples = { ["Three"] = new Numbers([1, 2, 3]) },
    };

    private sealed class Adder : Agent<Numbers, Sum>
    {
        public override Task<Sum> RunAsync(Numbers input, IAgentContext context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < input.Values.Count; i++)
            {
                context.Write($"{input.Values[i]} ");
                context.Progress(100.0 * (i + 1) / input.Values.Count, "adding");
            }

            return Task.FromResult(new Sum(input.Values.Sum()));
        }

        protected override AgentDescription Describe() => AgentTestHostTests.Describe("add");
    }

    private sealed class Caller : Agent<Numbers, Sum>
    {
        public override Task<Sum> RunAsync(Numbers input, IAgentContext context, CancellationToken cancellationToken) =>
            context.CallAgentAsync<Numbers, Sum>("acme/add", input, cancellationToken);

        protected override AgentDescription Describe() => AgentTestHostTests.Describe("call");
    }

    private sealed class Repeater : Agent<Numbers, Sum>
    {
        public override async Task<Sum> RunAsync(Numbers input, IAgentContext context, CancellationToken cancellationToken)
        {
            for (var i = 0; i < input.Values[0]; i++)
            {
                await context.CallAgentAsync<Numbers, Sum>("acme/add", new Numbers([i]), cancellationToken);
            }

            return new Sum(input.Values[0]);
        }

        protected override AgentDescription Describe() => AgentTestHostTests.Describe("repeat");
    }

    // In its first run the loser asks for two things before the winner does, and the fork for one; in its second for none.
    private sealed class Brancher : Agent<Numbers, Sum>
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _runs;

        public override async Task<Sum> RunAsync(Numbers input, IAgentContext context, CancellationToken cancellationToken)
        {
            var run = ++_runs;
            var winner = await context.RaceAsync<Sum>(
                [
                    async (branch, over) =>
                    {
                        await AddAsync(branch, 1, over);
                        await AddAsync(branch, 1, over);
                        _asked.TrySetResult();
                        await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, over);
                        return new Sum(0);
                    },
                    async (branch, over) =>
                    {
                        await _asked.Task.WaitAsync(over);
                        return await AddAsync(branch, 2, over);
                    },
                ],
                cancellationToken);
            var hold = new TaskCompletionSource();
            _ = context.WhenAllAsync<Sum>(
                [
                    async branch =>
                    {
                        await (run == 1 ? Task.CompletedTask : hold.Task);
                        return await AddAsync(branch, 3, cancellationToken);
                    },
                ],
                1,
                cancellationToken);
            return winner;
        }

        private static Task<Sum> AddAsync(IAgentContext context, int value, CancellationToken stop) =>
            context.CallAgentAsync<Numbers, Sum>("acme/add", new Numbers([value]), stop);

        protected override AgentDescription Describe() => AgentTestHostTests.Describe("branch");
    }

    private sealed class Sleeper : Agent<Numbers, Sum>
    {
        public override async Task<Sum> RunAsync(Numbers input, IAgentContext context, CancellationToken cancellationToken)
        {
            await context.SleepAsync(TimeSpan.FromHours(1), cancellationToken);
            return new Sum(7);
        }

        protected override AgentDescription Describe() => AgentTestHostTests.Describe("sleep");
    }
}
