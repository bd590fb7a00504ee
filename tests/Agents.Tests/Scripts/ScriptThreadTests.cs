using System.Text.Json;
using Orkestron.Agents.Scripts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Scripts;

public sealed class ScriptThreadTests
{
    private readonly ScriptThread _threads = new();

    [Fact]
    public void Run_OfWorkThatNeverChecks_IsRefusedInTimeAndCounted()
    {
        using var hold = new ManualResetEventSlim();
        var refusal = Assert.Throws<AgentRefusedException>(() => _threads.Run(
            () =>
            {
                hold.Wait(CancellationToken.None);
                return default;
            },
            TimeSpan.FromMilliseconds(20)));
        Assert.Equal("script_timeout", refusal.Code);
        Assert.Equal(1, _threads.Abandoned);
        hold.Set();
        Assert.True(SpinWait.SpinUntil(() => _threads.Abandoned == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Run_OfAFault_ThrowsIt() =>
        Assert.Throws<InvalidOperationException>(
            () => _threads.Run(() => throw new InvalidOperationException(), TimeSpan.FromSeconds(10)));

    [Fact]
    public void Run_OfAnAnswer_ReturnsIt() =>
        Assert.Equal(3, _threads.Run(() => JsonSerializer.SerializeToElement(3), TimeSpan.FromSeconds(10)).GetInt32());
}
