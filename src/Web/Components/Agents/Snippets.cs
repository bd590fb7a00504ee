using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestron.GrainInterfaces;

namespace Orkestron.Web.Components.Agents;

/// <summary>How a program runs an agent with an input: complete code to paste. Pure.</summary>
/// <param name="Curl">For a POSIX shell.</param>
/// <param name="CSharp">A C# program.</param>
/// <param name="JavaScript">For Node and browsers.</param>
internal sealed record Snippets(string Curl, string CSharp, string JavaScript)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="address">Scheme and host of this platform.</param>
    /// <param name="agent">Provider and name.</param>
    /// <param name="input">Valid JSON.</param>
    public static Snippets Of(string address, string agent, Payload input)
    {
        var body = $$"""{"agent":"{{agent}}","input":{{input}}}""";
        return new(Shell(address, body), Sharp(address, body), Script(address, KeepsNumbers(input) ? $"JSON.stringify({body})" : JsonSerializer.Serialize(body, Relaxed)));
    }

    private static string Shell(string address, string body) =>
        $$"""
        curl -sS {{address}}/api/v1/tasks \
          -H "Authorization: Bearer $ORKESTRON_KEY" \
          -H "Content-Type: application/json" \
          -H "Idempotency-Key: $(uuidgen)" \
          -d '{{body.Replace("'", @"'\''", StringComparison.Ordinal)}}'
        """;

    private static string Sharp(string address, string body)
    {
        var quotes = new string('"', Math.Max(3, LongestRun(body) + 1));
        return $$"""
            using System.Text;

            using var http = new HttpClient { BaseAddress = new Uri("{{address}}") };
            http.DefaultRequestHeaders.Authorization =
                new("Bearer", Environment.GetEnvironmentVariable("ORKESTRON_KEY"));
            http.DefaultRequestHeaders.Add("Idempotency-Key", Guid.NewGuid().ToString());
            var body = {{quotes}}
                {{body}}
                {{quotes}};
            using var answer = await http.PostAsync("/api/v1/tasks", new StringContent(body, Encoding.UTF8, "application/json"));
            Console.WriteLine(await answer.Content.ReadAsStringAsync());
            """;
    }

    private static string Script(string address, string body) =>
        $$"""
        const answer = await fetch("{{address}}/api/v1/tasks", {
          method: "POST",
          headers: {
            "Authorization": `Bearer ${process.env.ORKESTRON_KEY}`,
            "Content-Type": "application/json",
            "Idempotency-Key": crypto.randomUUID(),
          },
          body: {{body}},
        });
        console.log(await answer.json());
        """;

    // Whether JavaScript writes every number with the digits it was read with: 1.10 and 12345678901234567.89 it does not.
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
