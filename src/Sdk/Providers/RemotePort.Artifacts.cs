using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Providers;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Providers;

// Files: the hub returns an address, the content goes over HTTP.
internal sealed partial class RemotePort
{
    private const int Tries = 6;

    public async Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken)
    {
        await DurableAsync(cancellationToken).ConfigureAwait(false);
        return await TryAsync(
            async stop =>
            {
                var url = await LinkAsync(ProviderHubNames.OpenArtifact, [step.Ticket, reference], stop).ConfigureAwait(false);
                var answer = await http.GetAsync(new Uri(url, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, stop)
                    .ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                {
                    return await ReadAsync(answer, stop).ConfigureAwait(false);
                }

                using (answer)
                {
                    throw await Api.RefusedAsync(answer, stop).ConfigureAwait(false);
                }
            },
            Api.MayPass,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        await DurableAsync(cancellationToken).ConfigureAwait(false);
        var begin = content.CanSeek ? content.Position : 0;
        return await TryAsync(
            async stop =>
            {
                var url = await LinkAsync(ProviderHubNames.CreateArtifact, [step.Ticket], stop).ConfigureAwait(false);
                if (content.CanSeek)
                {
                    content.Position = begin;
                }

                using var request = new HttpRequestMessage(HttpMethod.Post, $"{url}?name={Uri.EscapeDataString(name)}")
                {
                    Content = new ReusableContent(content),
                };
                request.Content.Headers.ContentType =
                    MediaTypeHeaderValue.TryParse(mediaType, out var type) ? type : new MediaTypeHeaderValue("application/octet-stream");
                using var answer = await http.SendAsync(request, stop).ConfigureAwait(false);
                var made = answer.IsSuccessStatusCode
                    ? await answer.Content.ReadFromJsonAsync<StepFileMade>(SdkJson.Wire, stop).ConfigureAwait(false)
                    : throw await Api.RefusedAsync(answer, stop).ConfigureAwait(false);
                return made!.Reference;
            },
            // A stream that cannot seek is not retried, nor is a step that has reached its limit of files.
            fault => content.CanSeek && Api.MayPass(fault)
                && fault is not OrkestronException { Status: HttpStatusCode.TooManyRequests },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> TryAsync<T>(
        Func<CancellationToken, Task<T>> send, Func<Exception, bool> passes, CancellationToken cancellationToken)
    {
        try
        {
            return await Retries.Of(clock, passes, Tries).ExecuteAsync(
                async stop => await send(stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (OrkestronException refused) when (refused.Status is not null)
        {
            throw Failed(refused);
        }
    }

    private async Task<string> LinkAsync(string method, object?[] arguments, CancellationToken stop)
    {
        var made = await link.InvokeAsync<StepFileLink>(method, () => arguments, stop).ConfigureAwait(false);
        return made.Failure is { } failure ? throw Failed(failure) : made.Url!;
    }

    private static async Task<AgentArtifact> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var headers = answer.Content.Headers;
        var disposition = headers.ContentDisposition;
        return new AgentArtifact(
            disposition?.FileNameStar ?? disposition?.FileName?.Trim('"') ?? "file",
            headers.ContentType?.MediaType ?? "application/octet-stream",
            headers.ContentLength ?? 0,
            await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false));
    }

    private static AgentFailedException Failed(OrkestronException refused) => new(refused.Message, refused)
    {
        Code = refused.Code switch
        {
            "not_found" => "artifact_not_found",
            "too_large" => "artifact_too_large",
            "quota_reached" => "artifact_quota",
            "too_many" => "too_many_artifacts",
            "task_ended" => "task_canceled",
            var other => other,
        },
        Retryable = refused.Status is { } status && Api.MayPass(status),
    };

    /// <summary>Leaves the agent's stream open, so that the request can be retried.</summary>
    private sealed class ReusableContent(Stream content) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => content.CopyToAsync(stream);

        protected override Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            content.CopyToAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
