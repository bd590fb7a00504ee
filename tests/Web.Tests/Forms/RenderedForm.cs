using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Orkestron.Web.Shared.Forms;
using Orkestron.Web.Shared.Forms.Fields;

namespace Orkestron.Web.Tests.Forms;

/// <summary>A form as a page has it, and what a browser posts of it.</summary>
internal static class RenderedForm
{
    public static async Task<string> HtmlAsync(FormField form)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<FieldView>(ParameterView.FromDictionary(
                new Dictionary<string, object?> { ["Field"] = form, ["Errors"] = FieldErrors.None }));
            return output.ToHtmlString();
        });
    }

    /// <summary>What is posted when a form is sent as it is shown, or by one of its buttons.</summary>
    public static FormCollection Post(string html, string? button = null)
    {
        var posted = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var control in new HtmlParser().ParseDocument($"<form>{html}</form>").QuerySelectorAll("input,select,textarea"))
        {
            if (control.GetAttribute("name") is { } name && Value(control) is { } value)
            {
                posted[name] = StringValues.Concat(posted.GetValueOrDefault(name), value);
            }
        }

        if (button is not null)
        {
            posted[FieldNames.Action] = button;
        }

        return new FormCollection(posted);
    }

    // As browsers do: lines end in CR LF, single lines have no ends, times no seconds that are zero.
    private static string? Value(IElement control) => control switch
    {
        IHtmlSelectElement select => select.Options.FirstOrDefault(static option => option.HasAttribute("selected"))?.Value
            ?? (select.Options.Length > 0 ? select.Options[0].Value : null),
        IHtmlTextAreaElement text => text.Value.ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal),
        _ => control.GetAttribute("type") switch
        {
            "checkbox" => control.HasAttribute("checked") ? control.GetAttribute("value") : null,
            "file" => null,
            "datetime-local" or "time" when control.GetAttribute("value") is { Length: >= 8 } time
                && time.EndsWith(":00", StringComparison.Ordinal) => time[..^3],
            "text" =>
                (control.GetAttribute("value") ?? "")
                    .Replace("\n", "", StringComparison.Ordinal)
                    .Replace("\r", "", StringComparison.Ordinal),
            _ => control.GetAttribute("value") ?? "",
        },
    };
}
