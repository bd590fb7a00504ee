using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>
/// Writes a stream as server-sent events. Journaled events have their sequence as id, so that a browser reconnects with it;
/// transient events have no id. The last event is followed by <c>event: end</c>. A reader that reconnects after that gets 204,
/// which stops browsers from reconnecting.
/// </summary>
internal sealed class EventStreamResult(TaskStream stream) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (stream)
        {
            var response = httpContext.Response;
            response.Headers.CacheControl = "no-cache, no-store";
            if (stream.Over)
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            response.ContentType = ContentType;
            response.Headers["X-Accel-Buffering"] = "no";
            var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                httpContext.RequestAborted, lifetime.ApplicationStopping);
            await WriteAsync(response.BodyWriter, stop.Token);
        }
    }

    private async Task WriteAsync(PipeWriter body, CancellationToken stop)
    {
        try
        {
            Write(body, "retry: 1000\n\n");
            await body.FlushAsync(stop);
            await foreach (var each in stream.ReadAsync(stop))
            {
                Write(body, each);
                if ((await body.FlushAsync(stop)).IsCompleted)
                {
                    return;
                }
            }

            Write(body, "event: end\ndata: {}\n\n");
            await body.FlushAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader left or this node stops; the reader reconnects with its last id.
        }
    }

    private static void Write(PipeWriter body, TaskEvent? each)
    {
        if (each is null)
        {
            Write(body, ":\n\n");
            return;
        }

        if (!each.Transient)
        {
            Write(body, string.Create(CultureInfo.InvariantCulture, $"id: {each.Sequence}\n"));
        }

        Write(body, "data: ");
        body.Write(JsonSerializer.SerializeToUtf8Bytes(each, ApiJson.Options));
        Write(body, "\n\n");
    }

    private static void Write(PipeWriter body, string text) => Encoding.UTF8.GetBytes(text, body);
}
