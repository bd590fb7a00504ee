using System.Text;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Endpoints;
using Orkestron.Domain.Endpoints;
using Orkestron.Grains.Endpoints;

namespace Orkestron.Silo.Endpoints;

/// <summary>Requests challenge tokens from origins.</summary>
internal sealed class EndpointProbe(EndpointEgress egress, TimeProvider clock, IOptions<EndpointOptions> options) : IEndpointProbe
{
    private const int MaxBytes = 16_384;
    private static readonly Uri Challenge = new(EndpointChallenge.Path, UriKind.Relative);

    public async Task<ProbeResult> AskAsync(EndpointAddress origin, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = (await egress.FindAsync(origin, cancellationToken)).Select(static each => each.ToString());
            using var request = new HttpRequestMessage(HttpMethod.Get, Challenge);
            using var answer = await egress.SendAsync(origin, request, cancellationToken);
            if ((int)answer.StatusCode != 200)
            {
                return new ProbeResult(null, $"It answered {(int)answer.StatusCode}; redirects are not followed.", [])
                {
                    Answered = (int)answer.StatusCode < 500,
                };
            }

            var text = await answer.ReadBytesAsync(MaxBytes, options.Value.BodyTimeout, clock, cancellationToken);
            return new ProbeResult(Encoding.UTF8.GetString(text.Span), null, [.. addresses]);
        }
        catch (EndpointFault fault)
        {
            return new ProbeResult(null, fault.Message, []);
        }
    }
}
