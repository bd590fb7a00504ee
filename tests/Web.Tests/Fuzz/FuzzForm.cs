using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>Posts the forms of a page, with fields that do not fit.</summary>
internal static class FuzzForm
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "\u2028", "\u202e", "<script>", "{}", "[1", "null", "1e400", "-1", "99999999999999999999", "a\r\nb", "ünï 😀",
        "../..", "0x1F",
        "2026-13-45", "{\"a\":\"\\ud83d\"}", "[[[[[[[[[[", new('x', 20_000), "orkestron/keyword-extractor", "DE", "on", "run", "to-raw",
        "to-form", "add:/x", "remove:/x/0", "next", "back",
    ];

    /// <summary>A post of one of the page's forms; null when it has none.</summary>
    public static FuzzRequest? Make(int number, Random random, string html, string target, string cookies)
    {
        var forms = new HtmlParser().ParseDocument(html).QuerySelectorAll("main form[method=post]");
        if (forms.Length == 0)
        {
            return null;
        }

        var form = forms[random.Next(forms.Length)];
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name], button[name]")
            .Select(each => (Name: each.GetAttribute("name")!, Value: Value(each)))
            .SelectMany(field => Changed(random, field))
            .ToList();
        if (random.Next(10) == 0)
        {
            fields.Add((FuzzWords.Any(random, Texts), FuzzWords.Any(random, Texts)));
        }

        var action = form.GetAttribute("action") is { Length: > 0 } to ? to.Split('#')[0] : target;
        var multipart = form.GetAttribute("enctype") == "multipart/form-data" || random.Next(4) == 0;
        var body = multipart ? Parts(fields) : Encoding.ASCII.GetBytes(string.Join('&', fields.Select(static field =>
            $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));
        if (random.Next(12) == 0)
        {
            body = FuzzJson.Broken(random, Encoding.UTF8.GetString(body));
        }

        return new FuzzRequest(
            number, "POST", action.StartsWith('/') ? action : target, [("Cookie", cookies)], body,
            multipart ? "multipart/form-data; boundary=fuzz" : "application/x-www-form-urlencoded");
    }

    private static IEnumerable<(string Name, string Value)> Changed(Random random, (string Name, string Value) field)
    {
        // Passwords are hashed, and hashing costs more than all the rest.
        if (field.Name.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            return [(field.Name, "")];
        }

        var hidden = field.Name.StartsWith('_');
        return random.Next(hidden ? 300 : 100) switch
        {
            < 6 => [],
            < 10 => [field, field],
            < 40 => [(field.Name, FuzzWords.Any(random, Texts))],
            _ => [field],
        };
    }

    private static string Value(IElement field) => field.LocalName switch
    {
        "textarea" => field.TextContent,
        "select" => field.QuerySelector("option[selected]")?.GetAttribute("value") ?? "",
        _ => field.GetAttribute("value") ?? "",
    };

    private static byte[] Parts(List<(string Name, string Value)> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            text.Append("--fuzz\r\nContent-Disposition: form-data; name=\"").Append(name.Replace("\"", "%22", StringComparison.Ordinal))
                .Append("\"\r\n\r\n").Append(value).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("--fuzz--\r\n").ToString());
    }
}
