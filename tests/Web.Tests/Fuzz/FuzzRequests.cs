using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Generates requests: to a route as it wants them, with some parts that it does not want.</summary>
internal sealed class FuzzRequests(FuzzRoute[] routes, FuzzWords words, string[] keys, string cookies)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "FOO", "get"];
    private readonly FuzzJson _json = new(words);

    public FuzzRequest Make(int number, Random random)
    {
        var route = routes[number % routes.Length];
        var method = random.Next(100) < 88 ? route.Method : FuzzWords.Any(random, Methods);
        var headers = Headers(random, route);
        var target = Target(random, route);
        if (method is "GET" or "HEAD" or "get" && random.Next(20) > 0)
        {
            return new FuzzRequest(number, method, target, headers, null, null);
        }

        return new FuzzRequest(number, method, target, headers, _json.Body(random, route.Body), ContentType(random, route))
        {
            Chunked = random.Next(10) == 0,
        };
    }

    /// <summary>An address of a route.</summary>
    /// <param name="random">The case's.</param>
    /// <param name="route">The route.</param>
    /// <param name="wrong">How many of a hundred parts do not fit.</param>
    public string Target(Random random, FuzzRoute route, int wrong = 25)
    {
        var path = new StringBuilder();
        foreach (var segment in route.Pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => Part(random, parameter.Name, wrong),
                    _ => "",
                });
            }
        }

        var query = route.Query.Where(_ => random.Next(100) < 45).Select(name => $"{name}={Part(random, name, wrong)}").ToList();
        if (random.Next(100) < wrong / 2)
        {
            query.Add(random.Next(6) switch
            {
                0 => "&&=&=",
                1 => FuzzWords.Any(random, FuzzWords.NastyParts),
                2 => $"access_token={FuzzWords.Any(random, FuzzWords.NastyParts)}",
                3 => $"x={new string('y', random.Next(3_000))}",
                4 => route.Query.Length > 0 ? $"{route.Query[0]}=1&{route.Query[0]}=2" : "a=1&a=2",
                _ => $"{FuzzWords.Any(random, FuzzWords.NastyParts)}={FuzzWords.Any(random, FuzzWords.NastyParts)}",
            });
        }

        return (path.Length == 0 ? "/" : path.ToString()) + (query.Count > 0 ? "?" + string.Join('&', query) : "");
    }

    private string Part(Random random, string name, int wrong) => random.Next(100) < wrong
        ? FuzzWords.Any(random, FuzzWords.NastyParts)
        : Uri.EscapeDataString(words.Pick(random, name));

    private (string, string)[] Headers(Random random, FuzzRoute route)
    {
        var headers = new List<(string, string)>();
        switch (random.Next(100))
        {
            // Who signs out is signed out: that is done without a session.
            case < 8:
                break;
            case < 20 when !route.Name.Contains("logout", StringComparison.OrdinalIgnoreCase):
                headers.Add(("Cookie", cookies));
                break;
            case < 24:
                headers.Add(("Authorization", FuzzWords.Any(random, FuzzWords.HeaderValues)));
                break;
            default:
                headers.Add(("Authorization", $"Bearer {FuzzWords.Any(random, keys)}"));
                break;
        }

        if (route.Pattern.RawText?.EndsWith("/events", StringComparison.Ordinal) == true)
        {
            headers.Add(("Accept", random.Next(2) == 0 ? "application/json" : "text/event-stream"));
        }

        for (var more = random.Next(100) < 35 ? random.Next(1, 4) : 0; more > 0; more--)
        {
            var name = FuzzWords.Any(random, FuzzWords.Headers);
            if (name is not ("Authorization" or "Cookie") && headers.TrueForAll(header => header.Item1 != name))
            {
                headers.Add((name, FuzzWords.Any(random, FuzzWords.HeaderValues)));
            }
        }

        if (random.Next(40) == 0)
        {
            headers.Add(("Content-Encoding", FuzzWords.Any(random, ["gzip", "br", "identity", "x"])));
        }

        return [.. headers];
    }

    private static string? ContentType(Random random, FuzzRoute route) => random.Next(100) switch
    {
        < 4 => null,
        < 22 => FuzzWords.Any(random, FuzzWords.ContentTypes),
        _ => route.Body == typeof(Stream) ? "text/plain" : "application/json",
    };
}
