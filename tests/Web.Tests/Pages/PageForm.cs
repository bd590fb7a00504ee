using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Pages;

/// <summary>A page as a browser without script has it: read, filled in and sent by its forms.</summary>
internal sealed class PageForm
{
    private readonly ApiClient _client;
    private readonly Uri _address;
    private readonly Dictionary<string, string> _fields;

    private PageForm(ApiClient client, Uri address, HttpStatusCode status, IDocument document)
    {
        (_client, _address, Status, Document) = (client, address, status, document);
        _fields = document.QuerySelector("main form[method=post]") is { } form ? Fields(form) : [];
    }

    public HttpStatusCode Status { get; }

    public IDocument Document { get; }

    /// <summary>Where redirects led.</summary>
    public Uri Address => _address;

    public string Text => Document.QuerySelector("main")!.TextContent;

    /// <summary>What stands in a field of the page's first form.</summary>
    public string this[string field] => _fields[field];

    /// <summary>What is told at a field.</summary>
    public string ErrorAt(string field) => Document.GetElementById($"{field}-error")?.TextContent ?? "";

    public static Task<PageForm> GetAsync(ApiClient client, Uri node, string path) =>
        FollowAsync(client, new Uri(node, path), new HttpRequestMessage(HttpMethod.Get, new Uri(node, path)));

    /// <summary>Fills fields in.</summary>
    public PageForm With(params (string Field, string Value)[] values)
    {
        foreach (var (field, value) in values)
        {
            Assert.True(_fields.ContainsKey(field), $"{_address} has no field '{field}'.");
            _fields[field] = value;
        }

        return this;
    }

    /// <summary>Ticks a box.</summary>
    public PageForm Tick(string field)
    {
        var box = Document.QuerySelector($"main form[method=post] input[type=checkbox][name='{field}']");
        Assert.True(box is not null, $"{_address} has no box '{field}'.");
        _fields[field] = box.GetAttribute("value") ?? "on";
        return this;
    }

    /// <summary>Presses a button of the first form.</summary>
    public Task<PageForm> PressAsync(string? op = null)
    {
        var form = Document.QuerySelector("main form[method=post]")!;
        var to = new Uri(_address, form.GetAttribute("action") ?? _address.PathAndQuery);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in op is null ? _fields : new Dictionary<string, string>(_fields) { ["op"] = op })
        {
            content.Add(new StringContent(value), name);
        }

        return FollowAsync(_client, to, new HttpRequestMessage(HttpMethod.Post, to) { Content = content });
    }

    private static async Task<PageForm> FollowAsync(ApiClient client, Uri address, HttpRequestMessage request)
    {
        while (true)
        {
            using (request)
            {
                using var answer = await client.Http.SendAsync(request, ApiClient.Stop);
                if (answer.Headers.Location is not { } location)
                {
                    var html = await answer.Content.ReadAsStringAsync(ApiClient.Stop);
                    return new PageForm(client, address, answer.StatusCode, new HtmlParser().ParseDocument(html));
                }

                address = new Uri(address, location);
            }

            request = new HttpRequestMessage(HttpMethod.Get, address);
        }
    }

    private static Dictionary<string, string> Fields(IElement form) => form.QuerySelectorAll("input[name], textarea[name], select[name]")
        .Where(static each => each.GetAttribute("type") is not ("checkbox" or "radio") || each.HasAttribute("checked"))
        .DistinctBy(static each => each.GetAttribute("name"))
        .ToDictionary(
            static each => each.GetAttribute("name")!,
            static each => each.LocalName switch
            {
                "textarea" => each.TextContent,
                "select" => each.QuerySelector("option[selected]")?.GetAttribute("value") ?? "",
                _ => each.GetAttribute("value") ?? "",
            });
}
