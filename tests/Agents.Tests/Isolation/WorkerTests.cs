using System.Diagnostics;
using System.Globalization;
using Orkestron.Agents.Isolation;
using Orkestron.Agents.Tests.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Isolation;

[Collection("Child processes")]
public sealed class WorkerTests(IsolationFixture children)
{
    private const string Script = "javascript-sandbox";
    private static readonly object Sum = new { code = "function main(x) { return x + 1; }", input = 1 };

    [Fact]
    public async Task Call_WhoseProcessIsKilled_FailsAndTheNextRunsInAnother()
    {
        var context = new FakeContext
        {
            OnWrite = _ =>
            {
                foreach (var id in children.Pool.ProcessIds())
                {
                    using var child = Process.GetProcessById(id);
                    child.Kill();
                }
            },
        };

        var failure = await Assert.ThrowsAsync<AgentFailedException>(() => children.RunAsync(
            Script, new { code = "function main() { console.log('in'); while (true) {} }" }, "killed", context));

        Assert.Equal(("process_died", true), (failure.Code, failure.Retryable));
        Assert.Equal(2, (await children.RunAsync(Script, Sum, "killed")).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Call_ThatIsCancelled_EndsAtOnceAndItsProcessDoesNotGoOn()
    {
        using var stop = new CancellationTokenSource();
        // A comparison in native code that looks at no signal.
        var call = children.RunAsync("csv-analyst", Bombs.NativeLike(40), "cancelled", new FakeContext
        {
            OnProgress = message =>
            {
                if (message == "Running the SQL")
                {
                    stop.Cancel();
                }
            },
        }, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(2, (await children.RunAsync(Script, Sum, "cancelled")).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Call_ThatTakesLong_StandsBackAndTheNextOneDoesNot()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems know no such order.");
        var call = children.RunAsync(Script, new { code = "function main() { while (true) {} }" }, "long");
        var highest = 0;
        while (await Task.WhenAny(
            call, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken)) != call)
        {
            highest = Math.Max(highest, children.Pool.ProcessIds().Select(Of).DefaultIfEmpty().Max());
        }

        await Assert.ThrowsAnyAsync<Exception>(() => call);
        Assert.Equal(Niceness.OfLongCalls, highest);
        Assert.Equal(2, (await children.RunAsync(Script, Sum, "long")).GetProperty("result").GetInt32());
        Assert.All(children.Pool.ProcessIds(), static id => Assert.InRange(Of(id), 0, Niceness.Usual));
    }

    // The niceness of a process's first thread; 0 once it has ended.
    private static int Of(int processId)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [Fact]
    public async Task File_ThatMayNotBeRead_IsToldAsInTheNode()
    {
        var failure = await Assert.ThrowsAsync<AgentFailedException>(
            () => children.RunAsync("csv-analyst", new { file = "artifact:none" }, "file"));
        Assert.Equal("artifact_not_found", failure.Code);
    }

    [Fact]
    public async Task Process_Always_GivesUpNetworkProgramsAndFiles()
    {
        var worker = await children.Pool.RentAsync("confined", TestContext.Current.CancellationToken);
        var id = worker.Id;
        var status = File.ReadAllLines($"/proc/{id}/status");
        // Two is a filter; the priority to be ended when memory is short is the highest.
        Assert.Contains("Seccomp:\t2", status);
        Assert.Contains("NoNewPrivs:\t1", status);
        Assert.Equal("1000", File.ReadAllText($"/proc/{id}/oom_score_adj").Trim());
        var environment = File.ReadAllText($"/proc/{id}/environ");
        Assert.DoesNotContain("PATH=", environment, StringComparison.Ordinal);
        children.Pool.Return(worker, "confined");
    }

    [Fact]
    public async Task Check_OnThisSystem_FindsEveryWallStanding()
    {
        using var check = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Orkestron.Worker.dll"), "check" },
            RedirectStandardOutput = true,
        })!;
        var told = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            ["network: refused", "programs: refused", "writing files: refused", "reading files: refused"],
            told.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
