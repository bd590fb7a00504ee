using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>What every answer must be, whatever was sent.</summary>
internal static class FuzzAnswer
{
    private const int MaxRead = 65_536;

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static async Task<string?> WrongAsync(HttpResponseMessage answer, string path, CancellationToken stop)
    {
        var status = (int)answer.StatusCode;
        var type = answer.Content.Headers.ContentType?.MediaType;
        var body = type == "text/event-stream" ? "" : await ReadAsync(answer, stop);
        if (status >= 500)
        {
            return $"{status}: {body}";
        }

        if (status < 400 || !ApiRoutes.IsMachine(WebUtility.UrlDecode(path.Split('?')[0])))
        {
            return null;
        }

        // What is no HTTP is refused by the server itself, and what is no SignalR by SignalR.
        if ((answer.Headers.ConnectionClose == true && body.Length == 0 && type is null)
            || (type == "text/plain" && ApiRoutes.IsHub(path.Split('?')[0])))
        {
            return null;
        }

        if (type != Problems.ContentType)
        {
            return $"{status} without a problem ({type ?? "nothing"}): {body}";
        }

        return answer.RequestMessage!.Method == HttpMethod.Head ? null : WrongProblem(body, status);
    }

    /// <summary>What is wrong with a problem; null when nothing is.</summary>
    public static string? WrongProblem(string body, int status)
    {
        try
        {
            var problem = JsonElement.Parse(Encoding.UTF8.GetBytes(body));
            var told = new[] { "code", "title", "detail", "traceId", "type" }
                .Where(name => !problem.TryGetProperty(name, out var value) || string.IsNullOrWhiteSpace(value.GetString()))
                .ToArray();
            return told.Length > 0 ? $"{status} lacks {string.Join(", ", told)}: {body}"
                : problem.GetProperty("status").GetInt32() != status ? $"{status} with another status: {body}"
                : body.Contains("Orkestron.", StringComparison.Ordinal) || body.Contains("System.", StringComparison.Ordinal)
                || body.Contains("Exception", StringComparison.Ordinal)
                    ? $"{status} tells of our code: {body}"
                : null;
        }
        catch (JsonException)
        {
            return $"{status} with a problem that is no JSON: {body}";
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxRead);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(stop);
            var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, MaxRead), MaxRead, throwOnEndOfStream: false, stop);
            return Encoding.UTF8.GetString(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
