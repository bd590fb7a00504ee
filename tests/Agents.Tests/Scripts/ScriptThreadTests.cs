using System.Text.Json;
using Orkestron.Agents.Scripts;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Scripts;

public sealed class ScriptThreadTests
{
    [Fact]
    public void Run_OfWorkThatNeverChecks_IsRefusedInTimeAndCounted()
    {
        using var hold = new ManualResetEventSlim();
        var refusal = Assert.Throws<AgentRefusedException>(() => ScriptThread.Run(
            () =>
            {
                hold.Wait(CancellationToken.None);
                return default;
            },
            TimeSpan.FromMilliseconds(20)));
        Assert.Equal("script_timeout", refusal.Code);
        Assert.Equal(1, ScriptThread.Abandoned);
        hold.Set();
        Assert.True(SpinWait.SpinUntil(() => ScriptThread.Abandoned == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Run_OfAFault_ThrowsIt() =>
        Assert.Throws<InvalidOperationException>(
            () => ScriptThread.Run(() => throw new InvalidOperationException(), TimeSpan.FromSeconds(10)));

    [Fact]
    public void Run_OfAnAnswer_ReturnsIt() =>
        Assert.Equal(3, ScriptThread.Run(() => JsonSerializer.SerializeToElement(3), TimeSpan.FromSeconds(10)).GetInt32());
}
