using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Journal;

namespace Orkestron.Silo.Endpoints;

/// <summary>Sends signed requests to verified endpoints.</summary>
internal sealed class EndpointCalls(
    EndpointEgress egress, IGrainFactory grains, ISealer sealer, TimeProvider clock, IOptions<EndpointOptions> options)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Sends a message; the caller disposes the answer.</summary>
    /// <param name="provider">Whose endpoint it is.</param>
    /// <param name="endpoint">Its address.</param>
    /// <param name="messageId">The same for each delivery of a message, so that the receiver recognises repetitions.</param>
    /// <param name="message">What is sent as JSON.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    /// <exception cref="EndpointFault">It was not sent, or not answered.</exception>
    public async Task<HttpResponseMessage> PostAsync<T>(
        string provider, string endpoint, string messageId, T message, CancellationToken cancellationToken)
    {
        if (!EndpointAddress.TryRead(endpoint, options.Value.AllowLoopback, out var to, out var fault))
        {
            throw new EndpointFault("endpoint_forbidden", fault, false);
        }

        var keys = await KeysAsync(provider, to, cancellationToken);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd($"application/json, {AnswerStream.Lines}, {AnswerStream.Events}");
        WebhookSignature.Put(request, messageId, clock.GetUtcNow(), body, keys);
        return await egress.SendAsync(to, request, cancellationToken);
    }

    private async Task<IReadOnlyList<byte[]>> KeysAsync(string provider, EndpointAddress to, CancellationToken cancellationToken)
    {
        var addresses = await egress.FindAsync(to, cancellationToken);
        var pass = await grains.Get<IProviderEndpointsGrain>(provider)
            .PassAsync(to.Id, [.. addresses.Select(static each => each.ToString())]).WaitAsync(cancellationToken);
        if (!pass.Accepted)
        {
            throw new EndpointFault(EndpointFaults.Unverified, pass.Refusal.Detail, true);
        }

        var keys = new List<byte[]>(2);
        foreach (var secret in pass.Value.SealedSecrets)
        {
            keys.Add(await sealer.OpenAsync(provider, to.Id, secret)
                ?? throw new EndpointFault(EndpointFaults.Unverified, "The endpoint's signing secret was destroyed.", false));
        }

        return keys;
    }
}
