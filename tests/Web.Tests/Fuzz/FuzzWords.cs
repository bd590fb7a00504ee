using System.Globalization;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Texts that fit a place, and texts that trip programs.</summary>
internal sealed class FuzzWords
{
    /// <summary>As they stand in JSON between the quotes.</summary>
    public static readonly string[] NastyJson =
    [
        "", " ", "\\u0000", "\\ud83d", "\\ude00\\ud83d", "\\uD83D\\uDE00", "\\u2028\\u2029", "\\n\\r\\t\\b\\f", "\\u202e",
        "\\u0085", "../../etc/passwd", "'; DROP TABLE tasks; --", "<script>alert(1)</script>", "${jndi:ldap://x}", "%s%n%d",
        "\\\\", "\\\"", "/", "//", "a/b/c", "null", "NaN", "1e400", "-0", "0x1F", "true", "ünï", "𝔘𝔫𝔦", "e\\u0301", "\\ufeff",
        "\\uffff", "artifact:", "artifact:0197a000-0000-7000-8000-000000000000", "http://127.0.0.1:1/", "https://[::1]:1", "{}",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "2026-13-45T99:99:99Z", "2026-11-30", "P1D", "-1", "99999999999999999999", "0.0000001", "9000000000000", "1.1.1", "v1",
    ];

    public static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "0.5", "1e400", "-1e400", "1e-400", new('9', 400), "2147483647", "2147483648", "-2147483649",
        "9223372036854775807", "9223372036854775808", "1.0", "1E2", "100", "101", "255", "256", "65536", "3600", "86401",
        "79228162514264337593543950336", "0." + new string('0', 300) + "1",
    ];

    /// <summary>Percent-encoded, for a path or a query.</summary>
    public static readonly string[] NastyParts =
    [
        "", "%20", "%00", "%FF", "%ED%A0%BD", "%C3", "%C3%A9", "%F0%9F%98%80", "%2F", "%2e%2e", "..", ".", "%25", "%", "%zz", "%0d%0aX:1",
        "%E2%80%A8", "a%2Fb", "*", "~", "zzz", "-1", "0", "1.5", "1e9", "99999999999999999999", "0x1F", "null", "undefined",
        "00000000-0000-0000-0000-000000000000", "{0197a000-0000-7000-8000-000000000000}", "0197A00000007000800000000000000", "'", "%22",
        "%3Cscript%3E", "a,b", "a;b", "1_2", "1_00000000000000000000000000000000", "t.1_00000000000000000000000000000000", "a.5", "r.1",
        "m.1:2", "f.1_00000000000000000000000000000000", "orkestron", "keyword-extractor", "%7B%7D", "true", "completed", "name", "1h",
        "evaluate",
        "%EF%BB%BF", "%F4%90%80%80", "a%00b", "+", "%2B",
    ];

    public static readonly string[] HeaderValues =
    [
        "", " ", "0", "-1", "zzz", "999999", "9223372036854775808", "*/*", "text/event-stream", "application/json", "text/html;q=x",
        "bytes=0-", "bytes=5-1", "bytes=-", "bytes=99999999999999999999-", "Bearer", "Bearer ", "Bearer ork_x", "Basic !!", "null", "\"",
        ";", ",",
        "https://evil.example", "http://localhost", "same-origin", "cross-site", "utf-16", "gzip", "chunked;q=1",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        new('k', 255), new('k', 256), new('v', 4_000), "a\tb", "é", "{}", "W/\"x\"", "100-continue", "websocket",
        "ork=1; orkestron-session=x", "orkestron-session=%00%ff",
    ];

    public static readonly string[] Headers =
    [
        "Idempotency-Key", "Last-Event-ID", "Accept", "Accept-Language", "Authorization", "Origin", "Sec-Fetch-Site", "Range",
        "If-None-Match",
        "If-Modified-Since", "Cookie", "X-Forwarded-Proto", "X-Forwarded-For", "traceparent", "tracestate", "baggage",
        "Upgrade-Insecure-Requests",
        "X-Requested-With", "RequestVerificationToken", "blazor-enhanced-nav", "User-Agent", "Referer", "If-Range", "TE", "Prefer",
    ];

    public static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-8", "application/json; charset=nonsense", "application/json; charset=utf-16",
        "application/json;charset=\"utf-8\"",
        "application/json; charset=", "application/merge-patch+json", "text/plain", "text/json", "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"", "application/octet-stream", "application/xml", "nonsense",
        "", "application/json; charset=utf-7",
        "application/json; charset=\u00e9", "*/*", "application/json, application/json",
    ];

    public required Guid TaskId { get; init; }

    public required Guid OtherTaskId { get; init; }

    public required Guid ArtifactId { get; init; }

    public required string ShareToken { get; init; }

    public required string Provider { get; init; }

    /// <summary>Texts that fit a place of this name; percent-encoding them changes nothing.</summary>
    public string[] For(string name) => name.ToLowerInvariant() switch
    {
        "id" or "other" or "from" or "a" or "b" or "t" or "taskid" or "task" =>
            [$"{TaskId}", $"{OtherTaskId}", $"{ArtifactId}", $"{TaskId:N}", "0197a000-0000-7000-8000-000000000000"],
        "token" => [ShareToken, $"{TaskId:N}.x", "x"],
        "provider" => ["orkestron", Provider, "nobody"],
        "name" => ["keyword-extractor", "summariser", "echo", "file.txt", "nobody"],
        "agent" => [ApiClient.Keywords, $"{Provider}/echo", "nobody/here", "orkestron/keyword-extractor"],
        "version" or "agentversion" or "current" or "candidate" => ["1", "1.0.0", "0", "2.0.0-beta"],
        "limit" => ["1", "20", "100", "0", "101"],
        "wait" => ["0", "61", "-1"],
        "after" => ["0", "1", "2", "999999"],
        "state" => ["completed", "working", "done"],
        "sort" => ["relevance", "name", "price", "newest"],
        "kind" => ["worker", "orchestrator"],
        "maxprice" or "budgettokens" or "percall" or "callbudget" => ["0.25", "1", "0", "-1"],
        "window" => ["1h", "24h", "7d", "30d"],
        "purpose" => ["evaluate", "improve", "serve"],
        "versionid" or "n" or "example" or "index" => ["0", "1", "2"],
        "documentname" => ["v1", "v2"],
        "country" => ["DE", "XX", "Germany"],
        // Refused before they are hashed: a password costs more than all the rest of a request.
        "password" => ["", "short", new string('p', 129)],
        "email" => ["a@example.org", "not an address", ""],
        "origin" or "endpoint" => ["https://127.0.0.1:1", "nonsense", "http://127.0.0.1:1/x", "https://[::1]"],
        "scopes" => ["read", "write", "everything"],
        "deadline" or "expiresat" => ["2027-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
        "returnurl" => ["/agents", "//evil.example", "/%E2%80%A8"],
        _ => ["x", "1", "name", "Some words."],
    };

    public string Pick(Random random, string name) => Any(random, For(name));

    public static T Any<T>(Random random, T[] values) => values[random.Next(values.Length)];

    public static string Number(Random random) => random.Next(3) > 0
        ? Any(random, Numbers)
        : random.Next(-1_000, 100_000).ToString(CultureInfo.InvariantCulture);
}
