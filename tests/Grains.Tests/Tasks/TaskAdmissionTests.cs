using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Tasks;
using Orkestron.Grains.Tests.Agents;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>What is held for an agent that calls others.</summary>
public sealed class TaskAdmissionTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Theory]
    // Price 10 and 5 a begun thousand; calls: usually 100 and 20 a begun thousand, at most 1,000.
    [InlineData(null, 135)]
    [InlineData(120L, 120)]
    [InlineData(600L, 600)]
    [InlineData(9_999L, 1_015)]
    public void Hold_OfAnAgentWithUsualCalls_IsThoseUnlessABudgetIsNamed(long? budget, long held)
    {
        var price = new AgentPricing(10, 5, 1_000) { UsualCallsMicro = 100, UsualCallsPerThousandMicro = 20 };
        Assert.Equal(held, Held(price, budget));
    }

    [Theory]
    [InlineData(null, 1_015)]
    [InlineData(600L, 600)]
    [InlineData(9_999L, 1_015)]
    public void Hold_OfAnAgentOfBefore_IsItsWholeCallBudget(long? budget, long held) =>
        Assert.Equal(held, Held(new AgentPricing(10, 5, 1_000), budget));

    [Fact]
    public void Hold_OfALargeInput_IsAtMostTheCallBudget()
    {
        var price = new AgentPricing(10, 0, 1_000) { UsualCallsMicro = 100, UsualCallsPerThousandMicro = 20 };
        Assert.Equal(1_010, price.HoldMicro(1_000_000));
    }

    [Fact]
    public void Digest_OfAManifestWithoutUsualCalls_IsWhatItWas()
    {
        var manifest = TestManifest.Of("1.0.0");
        var usual = manifest with { Price = manifest.Price with { UsualCallsMicro = 1 } };
        Assert.False(ManifestDigest.Same(manifest, usual));
        Assert.True(ManifestDigest.Same(manifest, usual with { Price = usual.Price with { UsualCallsMicro = null } }));
    }

    private static long Held(AgentPricing price, long? budget)
    {
        var agent = TestManifest.Of("1.0.0") with { Price = price };
        var admission = TaskAdmission.Check(
            new SubmitTask(Guid.NewGuid(), agent.Key, Payload.EmptyObject, budget, null), agent, Now, new TaskOptions());
        Assert.Null(admission.Refusal);
        return admission.HeldMicro;
    }
}
