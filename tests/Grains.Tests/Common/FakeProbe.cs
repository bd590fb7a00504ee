using System.Collections.Concurrent;
using Orkestron.Domain.Endpoints;
using Orkestron.Grains.Endpoints;

namespace Orkestron.Grains.Tests.Common;

/// <summary>Origins that answer to their challenge as a test says.</summary>
internal sealed class FakeProbe : IEndpointProbe
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>What each origin answers; one that is not here does not.</summary>
    public ConcurrentDictionary<string, ProbeResult> Answers { get; } = new(StringComparer.Ordinal);

    public int Asked(string origin) => _asked.GetValueOrDefault(origin);

    public Task<ProbeResult> AskAsync(EndpointAddress origin, CancellationToken cancellationToken)
    {
        _asked.AddOrUpdate(origin.Origin, 1, static (_, count) => count + 1);
        return Task.FromResult(Answers.GetValueOrDefault(origin.Origin) ?? new ProbeResult(null, "It did not answer.", []));
    }
}
