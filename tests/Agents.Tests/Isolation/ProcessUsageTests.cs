using System.Diagnostics;
using Orkestron.Agents.Isolation;

namespace Orkestron.Agents.Tests.Isolation;

public sealed class ProcessUsageTests
{
    private static readonly TimeSpan Share = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void Processor_TimeOfTheProcessItself_IsCountedAndNotOnlyTheSystems()
    {
        using var self = Process.GetCurrentProcess();
        using var usage = ProcessUsage.Of(self);
        var user = self.UserProcessorTime;
        var before = usage.Processor();
        while (self.UserProcessorTime - user < Share)
        {
            self.Refresh();
        }

        self.Refresh();
        var spent = usage.Processor() - before;
        // The system counts in hundredths of a second, and other tests use this process as well.
        Assert.InRange(spent, Share - TimeSpan.FromMilliseconds(40), self.TotalProcessorTime);
    }

    [Fact]
    public void Memory_OfThisProcess_IsWhatTheSystemTells()
    {
        using var self = Process.GetCurrentProcess();
        using var usage = ProcessUsage.Of(self);
        Assert.InRange(usage.Memory(), self.WorkingSet64 / 4, self.WorkingSet64 * 4);
    }
}
