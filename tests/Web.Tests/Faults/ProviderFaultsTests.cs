using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orkestron.Journal;
using Orkestron.Silo.Faults;
using Orkestron.Web.Features.Providers;

namespace Orkestron.Web.Tests.Faults;

/// <summary>What a provider's process is told of a fault of the platform.</summary>
public sealed class ProviderFaultsTests
{
    private readonly ProviderFaults _faults =
        new(new SkippingTime(), Options.Create(new GrainRetryOptions()), NullLogger<ProviderFaults>.Instance);

    public static TheoryData<Exception, string> Faults => new()
    {
        { new JournalUnavailableException(), "unavailable: " },
        { new TimeoutException("secret"), "unavailable: " },
        { new InvalidOperationException("secret"), "fault: " },
        { new NotSupportedException("secret"), "fault: " },
        { new HubException("invalid: This is no ticket of a step."), "invalid: " },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_IsToldByACodeThatSaysWhetherItMayPass(Exception fault, string code)
    {
        var told = await Assert.ThrowsAsync<HubException>(
            () => _faults.InvokeMethodAsync(null!, _ => throw fault).AsTask());

        Assert.StartsWith(code, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
    }
}
