using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk.Client;

/// <summary>One connection that delivers a task's events as server-sent events.</summary>
internal sealed class TaskEventStream : IDisposable
{
    private const string End = "end";
    private readonly HttpResponseMessage _answer;

    private TaskEventStream(HttpResponseMessage answer) => _answer = answer;

    /// <summary>Whether the last event was delivered; otherwise the connection broke.</summary>
    public bool Ended { get; private set; }

    /// <exception cref="OrkestronException">The task cannot be watched.</exception>
    /// <exception cref="HttpRequestException">The platform cannot be reached.</exception>
    public static async Task<TaskEventStream> OpenAsync(HttpClient http, Guid taskId, long after, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"tasks/{taskId}/events?after={after}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
        {
            return new TaskEventStream(answer) { Ended = answer.StatusCode == HttpStatusCode.NoContent };
        }

        using (answer)
        {
            throw await Api.RefusedAsync(answer, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The events until the last one, or until the connection breaks.</summary>
    public async IAsyncEnumerable<TaskEvent> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        if (Ended)
        {
            yield break;
        }

        var body = await _answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var items = SseParser.Create(body, Parse).EnumerateAsync(stop).GetAsyncEnumerator(stop);
        await using (items.ConfigureAwait(false))
        {
            while (await NextAsync(items, stop).ConfigureAwait(false) is { } item)
            {
                Ended = item.EventType == End;
                if (Ended)
                {
                    yield break;
                }

                if (item.Data is { } data)
                {
                    yield return data;
                }
            }
        }
    }

    public void Dispose() => _answer.Dispose();

    private static TaskEvent? Parse(string type, ReadOnlySpan<byte> data) =>
        type == End ? null : JsonSerializer.Deserialize<TaskEvent>(data, SdkJson.Wire);

    /// <summary>Null when the connection has ended or broke.</summary>
    private static async Task<SseItem<TaskEvent?>?> NextAsync(IAsyncEnumerator<SseItem<TaskEvent?>> items, CancellationToken stop)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false) ? items.Current : null;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException && !stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
