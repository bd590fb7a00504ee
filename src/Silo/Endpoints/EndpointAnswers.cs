using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Endpoints;
using Orkestron.Grains.Execution;

namespace Orkestron.Silo.Endpoints;

/// <summary>Reads the responses of endpoints. They are untrusted.</summary>
internal sealed class EndpointAnswers(TimeProvider clock, IOptions<EndpointOptions> options)
{
    private const int MaxProblemBytes = 65_536;

    private EndpointOptions Options => options.Value;

    /// <summary>The result; null when it comes by callback.</summary>
    /// <exception cref="EndpointFault">The response is not allowed.</exception>
    public async Task<AgentAnswer?> ReadAsync(
        HttpResponseMessage answer, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var type = answer.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        return (answer.StatusCode, type) switch
        {
            (HttpStatusCode.Accepted, _) => null,
            (HttpStatusCode.OK, { } json) when IsDocument(json) => await DocumentAsync(answer, cancellationToken),
            (HttpStatusCode.OK, AnswerStream.Lines or AnswerStream.Events) =>
                await StreamAsync(answer, type, reporter, cancellationToken),
            (HttpStatusCode.OK, _) => throw new EndpointFault(
                "endpoint_content_type",
                $"The endpoint's answer is neither application/json nor {AnswerStream.Lines} nor {AnswerStream.Events}.",
                true),
            _ => new AgentAnswer(null, await FailureAsync(answer, type, cancellationToken)),
        };
    }

    private async Task<AgentAnswer> DocumentAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = await answer.ReadBytesAsync(Options.MaxBodyBytes, Options.BodyTimeout, clock, cancellationToken);
        return UntrustedJson.TryParse(bytes, out var json, out var fault)
            ? new AgentAnswer(ParsedEndpointEvent.Compact(json.Value), null)
            : throw new EndpointFault("endpoint_garbage", $"The endpoint's answer {fault.TrimEnd('.')}.", true);
    }

    // A problem (RFC 9457) is JSON too, but not a result.
    private static bool IsDocument(string type) =>
        type == "application/json"
        || (type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal)
            && type != "application/problem+json");

    private async Task<AgentAnswer> StreamAsync(
        HttpResponseMessage answer, string type, IRunReporter reporter, CancellationToken cancellationToken)
    {
        await using var body = new PacedStream(
            await answer.Content.ReadAsStreamAsync(cancellationToken), Options.MaxStreamBytes, Options.LineTimeout, byLines: true, clock);
        await foreach (var told in AnswerStream.ReadAsync(body, type, Options.MaxRetryAfter, cancellationToken))
        {
            if (told.Ends)
            {
                // The rest is not read: the connection is closed.
                return new AgentAnswer(told.Output, told.Failure);
            }

            if (told.Text is { } text)
            {
                reporter.Write(text);
            }
            else
            {
                reporter.Progress(told.Percent, told.Message);
            }
        }

        throw new EndpointFault("endpoint_incomplete", "The endpoint's stream ended without a result or an error.", true);
    }

    private async Task<StepFailure> FailureAsync(HttpResponseMessage answer, string? type, CancellationToken cancellationToken)
    {
        JsonElement? problem = null;
        if (type is "application/problem+json" or "application/json")
        {
            try
            {
                var bytes = await answer.ReadBytesAsync(MaxProblemBytes, Options.BodyTimeout, clock, cancellationToken);
                problem = UntrustedJson.TryParse(bytes, out var told) ? told : null;
            }
            catch (EndpointFault)
            {
                // The status is enough.
            }
        }

        return AnswerStatus.Of(
            answer.StatusCode, AnswerStatus.RetryAfter(answer, clock.GetUtcNow(), Options.MaxRetryAfter), problem);
    }
}
