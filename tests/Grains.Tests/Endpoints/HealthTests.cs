using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Endpoints;

/// <summary>What is known of an endpoint ages, and a listed agent's origin is asked when nothing else tells.</summary>
[Collection("silo")]
public sealed class HealthTests(TestSilo silo)
{
    private static readonly EndpointOptions Options = new();
    private static readonly DateTimeOffset Now = TestSilo.Start;

    [Theory]
    [InlineData(null, null, false, "unknown", null)]
    [InlineData(1, null, false, "up", 1)]
    [InlineData(22, null, false, "unknown", 22)]
    [InlineData(22, 1, true, "up", 1)]
    [InlineData(22, 1, false, "down", 1)]
    [InlineData(1, 3, false, "up", 1)]
    [InlineData(null, 30, false, "unknown", 30)]
    public void State_OfWhatWasKnownSomeMinutesAgo_IsSaidOnlyWhileItCounts(
        int? success, int? check, bool answered, string state, int? at)
    {
        var known = success is null && check is null ? null : new EndpointHealthRecord
        {
            LastSuccessAt = Before(success),
            CheckedAt = Before(check),
            Answered = answered,
        };

        Assert.Equal((state, Before(at)), EndpointStates.Of(known, false, false, Now, Options));
        Assert.Equal("down", EndpointStates.Of(known, false, true, Now, Options).State);
    }

    [Fact]
    public async Task Endpoint_OfAListedAgent_ThatIsStopped_IsShownDownAtTheNextLookAndUpWhenItIsBack()
    {
        var provider = $"h-{Guid.NewGuid():N}"[..20];
        var origin = $"https://{provider}.acme.example";
        var origins = silo.Grains.Get<IProviderEndpointsGrain>(provider);
        Assert.True((await origins.RegisterAsync(origin)).Accepted);
        silo.Probe.Answers[origin] = new ProbeResult(Assert.Single(await origins.ListAsync()).Token, null, ["93.184.216.34"]);
        Assert.True((await origins.VerifyAsync(new Uri(origin).Host)).Accepted);
        var agent = silo.Grains.GetGrain<IAgentGrain>($"{provider}/echo");
        var published = await agent.PublishAsync(TestManifest.Of("1.0.0", $"{provider}/echo") with
        {
            Transport = AgentTransports.Http,
            Endpoint = $"{origin}/echo",
        });
        Assert.True(published.Accepted, published.Refusal?.Detail);
        var before = await StateAsync(agent);

        var up = await LookAsync(agent);
        silo.Probe.Answers.TryRemove(origin, out var proof);
        var down = await LookAsync(agent);
        // A server that refuses the question answers all the same.
        silo.Probe.Answers[origin] = new ProbeResult(null, "It answered 404.", []) { Answered = true };
        var back = await LookAsync(agent);
        silo.Clock.Advance(TimeSpan.FromMinutes(11));
        var aged = await StateAsync(agent);

        Assert.Equal(["unknown", "up", "down", "up", "unknown"], new[] { before, up, down, back, aged });
        Assert.NotNull(proof);
        // Once at the proof, once a look: two looks at once are one question.
        var asked = silo.Probe.Asked(origin);
        await Task.WhenAll(RemindAsync(agent), RemindAsync(agent));
        Assert.Equal(asked + 1, silo.Probe.Asked(origin));
    }

    [Fact]
    public async Task Endpoint_OfAnOriginThatNeverProvedItself_IsNotAsked()
    {
        var provider = $"n-{Guid.NewGuid():N}"[..20];
        var origins = silo.Grains.Get<IProviderEndpointsGrain>(provider);
        Assert.True((await origins.RegisterAsync($"https://{provider}.acme.example")).Accepted);

        Assert.Null(await origins.AnswersAsync($"{provider}.acme.example"));
        Assert.Null(await origins.AnswersAsync("other.acme.example"));
        Assert.Equal(0, silo.Probe.Asked($"https://{provider}.acme.example"));
    }

    private static DateTimeOffset? Before(int? minutes) => minutes is { } ago ? Now.AddMinutes(-ago) : null;

    private static Task RemindAsync(IAgentGrain agent) => agent.AsReference<IRemindable>().ReceiveReminder("health", default);

    private static async Task<string> StateAsync(IAgentGrain agent) => (await agent.GetAsync())!.Health!.State;

    private async Task<string> LookAsync(IAgentGrain agent)
    {
        silo.Clock.Advance(TimeSpan.FromMinutes(2));
        await RemindAsync(agent);
        return await StateAsync(agent);
    }
}
