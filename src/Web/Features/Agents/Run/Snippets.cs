using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestron.Domain;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>Complete programs that run an agent with an input and print the result. Pure.</summary>
/// <param name="Curl">For a POSIX shell.</param>
/// <param name="Python">For Python 3, with its standard library alone.</param>
/// <param name="JavaScript">For Node, as a module.</param>
/// <param name="CSharp">A C# program.</param>
public sealed record Snippets(string Curl, string Python, string JavaScript, string CSharp)
{
    /// <summary>The environment variable with the API key, as in the client library and the samples.</summary>
    public const string KeyVariable = "ORKESTRON_API_KEY";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="address">Scheme and host of this platform.</param>
    /// <param name="agent">Provider and name.</param>
    /// <param name="input">Valid JSON.</param>
    public static Snippets Of(string address, string agent, Payload input)
    {
        var body = $$"""{"agent":"{{agent}}","input":{{input}}}""";
        var script = KeepsNumbers(input) ? $"JSON.stringify({body})" : JsonSerializer.Serialize(body, Relaxed);
        return new(Shell(address, body), Snake(address, body), Script(address, script), Sharp(address, body));
    }

    private static string Shell(string address, string body) =>
        $$"""
        api={{address}}/api/v1
        key="Authorization: Bearer ${{KeyVariable}}"
        task=$(curl -sS "$api/tasks" -H "$key" -H "Content-Type: application/json" \
          -H "Idempotency-Key: $(date +%s)-$$" \
          -d '{{body.Replace("'", @"'\''", StringComparison.Ordinal)}}')
        id=$(printf '%s' "$task" | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
        curl -sS "$api/tasks/${id:?$task}?wait=60" -H "$key"
        """;

    private static string Snake(string address, string body) =>
        $$"""
        import json, os, urllib.request, uuid

        API = "{{address}}/api/v1"

        def call(path, body=None):
            headers = {"Authorization": "Bearer " + os.environ["{{KeyVariable}}"]}
            if body is not None:
                headers |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
            request = urllib.request.Request(API + path, body, headers)
            try:
                with urllib.request.urlopen(request) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as fault:
                raise SystemExit(fault.read().decode())

        body = '{{body.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}}'
        task = call("/tasks", body.encode())
        while not task["cost"]["settled"]:
            task = call(f"/tasks/{task['id']}?wait=60")
        print(json.dumps(task["result"] or task["statusMessage"], indent=2, ensure_ascii=False))
        """;

    private static string Script(string address, string body) =>
        $$"""
        const api = "{{address}}/api/v1";

        async function call(path, body) {
          const answer = await fetch(api + path, {
            method: body ? "POST" : "GET",
            headers: {
              "Authorization": `Bearer ${process.env.{{KeyVariable}}}`,
              ...(body && { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() }),
            },
            body,
          });
          const result = await answer.json();
          if (!answer.ok) throw new Error(result.detail);
          return result;
        }

        let task = await call("/tasks", {{body}});
        while (!task.cost.settled) task = await call(`/tasks/${task.id}?wait=60`);
        console.log(JSON.stringify(task.result ?? task.statusMessage, null, 2));
        """;

    private static string Sharp(string address, string body)
    {
        var quotes = new string('"', Math.Max(3, LongestRun(body) + 1));
        return $$"""
            using System.Text;
            using System.Text.Json.Nodes;

            using var http = new HttpClient { BaseAddress = new Uri("{{address}}/api/v1/") };
            http.DefaultRequestHeaders.Authorization =
                new("Bearer", Environment.GetEnvironmentVariable("{{KeyVariable}}"));
            var body = {{quotes}}
                {{body}}
                {{quotes}};
            using var request = new HttpRequestMessage(HttpMethod.Post, "tasks")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            };
            using var answer = await http.SendAsync(request);
            var task = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (!answer.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"{task["detail"]}");
            }

            while (!(bool)task["cost"]!["settled"]!)
            {
                task = JsonNode.Parse(await http.GetStringAsync($"tasks/{task["id"]}?wait=60"))!;
            }

            Console.WriteLine(task["result"] ?? task["statusMessage"]);
            """;
    }

    // Whether JavaScript preserves the digits of every number; it does not for 1.10 and 12345678901234567.89.
    private static bool KeepsNumbers(Payload input)
    {
        var reader = new Utf8JsonReader(input.Utf8);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number
                && !(reader.TryGetDouble(out var number)
                    && number.ToString(CultureInfo.InvariantCulture) == Encoding.ASCII.GetString(reader.ValueSpan)))
            {
                return false;
            }
        }

        return true;
    }

    internal static int LongestRun(string text)
    {
        int longest = 0, run = 0;
        foreach (var c in text)
        {
            run = c == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
