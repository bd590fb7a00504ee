using System.Diagnostics;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Isolation;

/// <summary>Whatever is thrown at the child processes, the node keeps its memory and other users are served.</summary>
[Collection("Child processes")]
public sealed class BombTests(IsolationFixture children)
{
    private const long MostMemory = 100 << 20;

    // A second by the clock of a machine that does nothing else.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(Environment.ProcessorCount);

    // Bad code is told as such, too much of anything by one of these.
    private static readonly string[] Clear =
    [
        "out_of_memory", "timed_out", "nested_too_deeply", "sql_timeout", "sql_memory", "sql_invalid", "sql_not_allowed", "script_timeout",
        "script_memory", "script_recursion", "script_failed", "output_too_large", "input_too_large", "malformed_document", "malformed_csv",
        "too_deep", "not_a_table",
    ];

    public static TheoryData<string> Kinds => [.. Bombs.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bombs_OfEachKind_LeaveTheNodeAndOtherUsersAsTheyWere(string kind)
    {
        await ProbeAsync();
        var before = Memory();
        var bombs = Bombs.Of(kind).Select(bomb => ThrowAsync(bomb.Agent, bomb.Input)).ToArray();
        var all = Task.WhenAll(bombs);
        var slowest = TimeSpan.Zero;
        do
        {
            var used = ProcessorTime.OfThisAndItsChildren();
            await ProbeAsync();
            var took = ProcessorTime.OfThisAndItsChildren() - used;
            slowest = took > slowest ? took : slowest;
            Assert.InRange(Memory() - before, long.MinValue, MostMemory);
        }
        while (await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None)) != all);

        Assert.All(await all, static code => Assert.Contains(code, (string[])["", .. Clear]));
        // While somebody else waits, the bombs use the processors: how much says how long, whatever else the machine does.
        Assert.InRange(slowest, TimeSpan.Zero, Soon);
    }

    private async Task ProbeAsync()
    {
        var answer = await children.RunAsync(
            "javascript-sandbox", new { code = "function main(x) { return x * 2; }", input = 21 }, "somebody else");
        Assert.Equal(42, answer.GetProperty("result").GetInt32());
    }

    private async Task<string> ThrowAsync(string agent, object input)
    {
        try
        {
            await children.RunAsync(agent, input, "attacker");
            return "";
        }
        catch (AgentRefusedException refused)
        {
            Assert.NotEmpty(refused.Message);
            return refused.Code;
        }
    }

    // What is held, not what the collector has not come round to.
    private static long Memory()
    {
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
