using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Orkestron.Domain;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Http;
using Orkestron.Web.Shared.Layout;

namespace Orkestron.Web.Startup.Pipeline;

/// <summary>
/// Refuses addresses whose percent-encoded bytes are not valid UTF-8, or contain U+0000, which no database column can store. The
/// framework would silently replace such bytes.
/// </summary>
internal sealed class AddressText(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Wrong(context) is not { } place)
        {
            return next(context);
        }

        var sentence = $"{place} is not text: send percent-encoded UTF-8, without the character U+0000.";
        return ApiRoutes.IsMachine(context.Request.Path)
            ? Problems.WriteAsync(context, Problems.Of(
                context, ProblemKind.Of(RefusalCode.Invalid), $"{sentence} Nothing was done.", [new ProblemField(place, sentence)]))
            : FaultPage.WriteAsync(context, StatusCodes.Status400BadRequest, "The address cannot be read", sentence);
    }

    private static string? Wrong(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!target.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (!IsText(query < 0 ? target : target[..query]))
        {
            return "path";
        }

        return query < 0
            ? null
            : target[(query + 1)..].Split('&').FirstOrDefault(static pair => !IsText(pair)) is { } wrong ? Name(wrong) : null;
    }

    private static bool IsText(string encoded)
    {
        var bytes = encoded.Length <= 1_024 ? stackalloc byte[encoded.Length] : new byte[encoded.Length];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && Hex(encoded[i + 1], encoded[i + 2]) is { } value)
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                // The server accepts only ASCII here.
                bytes[length++] = (byte)encoded[i];
            }
        }

        return Utf8.IsValid(bytes[..length]) && !bytes[..length].Contains((byte)0);
    }

    private static byte? Hex(char high, char low) => char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low)
        ? (byte)((Convert.FromHexString([high, low]))[0])
        : null;

    // Only plausible parameter names are repeated in the answer.
    private static string Name(string pair)
    {
        var name = pair.Split('=')[0];
        return name is { Length: > 0 and <= 40 } && name.All(char.IsAsciiLetterOrDigit) ? name : "query";
    }
}
