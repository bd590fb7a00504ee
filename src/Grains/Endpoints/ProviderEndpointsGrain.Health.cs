using Orkestron.Domain.Endpoints;

namespace Orkestron.Grains.Endpoints;

// Whether origins answer, for the health of the agents there. It is no proof, and changes nothing about one.
internal sealed partial class ProviderEndpointsGrain
{
    private readonly Dictionary<string, (DateTimeOffset At, Task<bool> Answers)> _answers = new(StringComparer.Ordinal);

    public async Task<bool?> AnswersAsync(string id)
    {
        if (Find(id) is not { VerifiedAt: not null } record
            || !EndpointAddress.TryRead(record.Origin, Options.AllowLoopback, out var address, out _))
        {
            return null;
        }

        var now = clock.GetUtcNow();
        if (!_answers.TryGetValue(id, out var known) || now - known.At >= Options.HealthPeriod / 2)
        {
            // At most one for each origin, and origins are few.
            _answers[id] = known = (now, AskWhetherAsync(address));
        }

        return await known.Answers;
    }

    private async Task<bool> AskWhetherAsync(EndpointAddress address) =>
        (await probe.AskAsync(address, CancellationToken.None)).Answered;
}
