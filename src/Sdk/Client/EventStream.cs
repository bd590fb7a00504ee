using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Client;

/// <summary>One connection over which a task's events come (server-sent events).</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const string Data = "data:";
    private const string End = "event: end";
    private readonly HttpResponseMessage? _answer;
    private readonly StreamReader? _reader;

    private EventStream(HttpResponseMessage? answer, StreamReader? reader, bool ended) =>
        (_answer, _reader, Ended) = (answer, reader, ended);

    /// <summary>Whether nothing more will ever come; otherwise the connection broke.</summary>
    public bool Ended { get; private set; }

    /// <exception cref="OrkestronException">The task cannot be watched.</exception>
    public static async Task<EventStream> OpenAsync(HttpClient http, Guid taskId, long after, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{taskId}/events?after={after}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        HttpResponseMessage? answer = null;
        try
        {
            answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            if (answer.StatusCode == System.Net.HttpStatusCode.NoContent)
            {
                return new EventStream(answer, null, ended: true);
            }

            if (answer.IsSuccessStatusCode)
            {
                return new EventStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false)), false);
            }

            if (!Api.MayPass(answer.StatusCode))
            {
                throw await Api.RefusedAsync(answer, stop).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // Away for a moment: the caller opens another one.
        }

        answer?.Dispose();
        return new EventStream(null, null, ended: false);
    }

    /// <summary>The next event, or null when the connection is over.</summary>
    public async Task<TaskEvent?> NextAsync(CancellationToken stop)
    {
        try
        {
            while (_reader is not null && await _reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
            {
                if (line == End)
                {
                    Ended = true;
                    return null;
                }

                if (line.StartsWith(Data, StringComparison.Ordinal))
                {
                    return JsonSerializer.Deserialize<TaskEvent>(line.AsSpan(Data.Length), SdkJson.Wire);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException && !stop.IsCancellationRequested)
        {
            // Broken: the caller goes on with another one.
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _answer?.Dispose();
        return ValueTask.CompletedTask;
    }
}
