using System.Collections.Immutable;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Endpoints;

/// <summary>An origin is asked again by itself, keeps its place for some failures, and loses it then.</summary>
[Collection("silo")]
public sealed class ProofTests(TestSilo silo)
{
    private static readonly ImmutableArray<string> Home = ["93.184.216.34"];
    private static readonly ImmutableArray<string> Elsewhere = ["93.184.216.35"];

    [Fact]
    public async Task Origin_ThatIsNotUsed_IsAskedAgainByItsReminder()
    {
        var (origin, grain) = await ProvenAsync();
        var first = Assert.Single(await grain.ListAsync());

        silo.Clock.Advance(TimeSpan.FromHours(24));
        await RemindAsync(grain);

        var second = Assert.Single(await grain.ListAsync());
        Assert.Equal(2, silo.Probe.Asked(origin));
        Assert.Equal(TimeSpan.FromHours(24), second.VerifiedAt - first.VerifiedAt);
        Assert.Null(second.FailingSince);
    }

    [Fact]
    public async Task Origin_ThatFailsItsProof_IsCalledForSomeHoursAndThenSuspended()
    {
        var (origin, grain) = await ProvenAsync();
        silo.Probe.Answers.TryRemove(origin, out var proof);
        silo.Clock.Advance(TimeSpan.FromHours(24));
        var since = silo.Clock.GetUtcNow();

        await RemindAsync(grain);
        var failing = Assert.Single(await grain.ListAsync());
        var graced = await PassAsync(grain, origin, Home);
        var moved = await PassAsync(grain, origin, Elsewhere);
        silo.Clock.Advance(TimeSpan.FromHours(1));
        await RemindAsync(grain);
        var still = await PassAsync(grain, origin, Home);
        silo.Clock.Advance(TimeSpan.FromHours(1));
        await RemindAsync(grain);
        var suspended = Assert.Single(await grain.ListAsync());
        var refused = await PassAsync(grain, origin, Home);
        silo.Probe.Answers[origin] = proof!;
        silo.Clock.Advance(TimeSpan.FromSeconds(10));
        var back = await PassAsync(grain, origin, Home);

        Assert.Equal((since, false), (failing.FailingSince, failing.Suspended));
        Assert.Equal("It did not answer.", failing.Problem);
        Assert.True(graced.Accepted && still.Accepted);
        // No grace where the name leads to new addresses: that is how a name changes hands.
        Assert.Equal(RefusalCode.EndpointUnverified, moved.Refusal!.Code);
        Assert.Equal((since, true), (suspended.FailingSince, suspended.Suspended));
        Assert.Equal(RefusalCode.EndpointUnverified, refused.Refusal!.Code);
        Assert.True(back.Accepted);
        Assert.Null(Assert.Single(await grain.ListAsync()).FailingSince);
    }

    [Fact]
    public async Task Origin_AskedOften_FailsOnlyOnceAnHour()
    {
        var (origin, grain) = await ProvenAsync();
        silo.Probe.Answers.TryRemove(origin, out _);

        for (var i = 0; i < 10; i++)
        {
            await grain.VerifyAsync(Id(origin));
        }

        Assert.False(Assert.Single(await grain.ListAsync()).Suspended);
        Assert.True((await PassAsync(grain, origin, Home)).Accepted);
    }

    [Fact]
    public async Task Origin_NeverProven_IsNotAskedByTheReminder()
    {
        var (origin, grain) = await RegisteredAsync();

        await RemindAsync(grain);

        Assert.Equal(0, silo.Probe.Asked(origin));
        Assert.Equal(RefusalCode.EndpointUnverified, (await PassAsync(grain, origin, [])).Refusal!.Code);
        Assert.Null(Assert.Single(await grain.ListAsync()).FailingSince);
    }

    [Fact]
    public async Task Register_OfManyAtOnce_TakesEachOnceAndNoMoreThanTheLimit()
    {
        var provider = $"p-{Guid.NewGuid():N}"[..20];
        var grain = silo.Grains.Get<IProviderEndpointsGrain>(provider);
        var origins = Enumerable.Range(0, 25).Select(number => $"https://{provider}-{number}.acme.example").ToArray();

        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => grain.RegisterAsync(origins[0])));
        var many = await Task.WhenAll(origins.Skip(1).Select(grain.RegisterAsync));

        Assert.Single(same, static outcome => outcome.Accepted);
        Assert.All(same.Where(static outcome => !outcome.Accepted), static outcome =>
            Assert.Equal(RefusalCode.Conflict, outcome.Refusal!.Code));
        Assert.Equal(19, many.Count(static outcome => outcome.Accepted));
        Assert.Equal(5, many.Count(static outcome => outcome.Refusal?.Code == RefusalCode.TooMany));
        await TestSilo.DeactivateAsync(grain);
        Assert.Equal(20, (await grain.ListAsync()).Length);
    }

    [Theory]
    [InlineData("register")]
    [InlineData("rotate")]
    [InlineData("remove")]
    [InlineData("verify")]
    public async Task Command_WhoseWriteFails_IsAFaultLeavesAllAsItWasAndHoldsWhenSentAgain(string command)
    {
        var (origin, grain) = await ProvenAsync();
        var more = origin.Replace("https://", "https://more-", StringComparison.Ordinal);
        var before = Assert.Single(await grain.ListAsync());
        var secrets = (await PassAsync(grain, origin, Home)).Value!.SealedSecrets.Length;
        silo.Clock.Advance(TimeSpan.FromMinutes(1));
        silo.Cold.FailNext("provider-endpoints", grain.GetGrainId());

        await Assert.ThrowsAnyAsync<Exception>(CommandAsync);
        Assert.Equal(before, Assert.Single(await grain.ListAsync()));
        Assert.Equal(secrets, (await PassAsync(grain, origin, Home)).Value!.SealedSecrets.Length);
        await CommandAsync();
        await TestSilo.DeactivateAsync(grain);

        var after = await grain.ListAsync();
        Assert.Equal(command switch { "register" => 2, "remove" => 0, _ => 1 }, after.Length);
        Assert.True(command is "register" or "remove" || after[0] != before);

        async Task CommandAsync() => Assert.True(command switch
        {
            "register" => (await grain.RegisterAsync(more)).Accepted,
            "rotate" => (await grain.RotateAsync(before.Id)).Accepted,
            "remove" => (await grain.RemoveAsync(before.Id)).Accepted,
            _ => (await grain.VerifyAsync(before.Id)).Accepted,
        });
    }

    private static string Id(string origin) => new Uri(origin).Host;

    private static Task RemindAsync(IProviderEndpointsGrain grain) =>
        grain.AsReference<IRemindable>().ReceiveReminder("proof", default);

    private static Task<Outcome<EndpointPass>> PassAsync(
        IProviderEndpointsGrain grain, string origin, ImmutableArray<string> addresses) => grain.PassAsync(Id(origin), addresses);

    private async Task<(string Origin, IProviderEndpointsGrain Grain)> RegisteredAsync()
    {
        var provider = $"p-{Guid.NewGuid():N}"[..20];
        var origin = $"https://{provider}.acme.example";
        var grain = silo.Grains.Get<IProviderEndpointsGrain>(provider);
        Assert.True((await grain.RegisterAsync(origin)).Accepted);
        return (origin, grain);
    }

    private async Task<(string Origin, IProviderEndpointsGrain Grain)> ProvenAsync()
    {
        var (origin, grain) = await RegisteredAsync();
        silo.Probe.Answers[origin] = new ProbeResult(Assert.Single(await grain.ListAsync()).Token, null, Home);
        Assert.True((await grain.VerifyAsync(Id(origin))).Accepted);
        return (origin, grain);
    }
}
