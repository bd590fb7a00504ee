using System.Net;

namespace Orkestron.Tests.Shared;

/// <summary>Asks other processes again and again, for a bounded time: they cannot signal the test.</summary>
internal static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Until it is so.</summary>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<CancellationToken, Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        try
        {
            while (!await isSo(limit.Token))
            {
                await Task.Delay(Pause, TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"After {patience.TotalSeconds} seconds it was not so that {what}.");
        }
    }

    /// <summary>Until a node serves.</summary>
    public static Task UntilReadyAsync(Uri address, TimeSpan patience, Action check) =>
        UntilAsync($"{address} serves", patience, async stop =>
        {
            check();
            try
            {
                using var http = new HttpClient { BaseAddress = address };
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), stop);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });

    /// <summary>
    /// Sends a request again as long as it is answered with 503, as the answer says to do; the caller disposes what comes.
    /// </summary>
    public static async Task<HttpResponseMessage> UntilTakenAsync(TimeSpan patience, Func<Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage? answer = null;
        await UntilAsync("the request was taken", patience, async _ =>
        {
            answer?.Dispose();
            answer = await send();
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        });
        return answer!;
    }
}
