using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Orkestron.Web.Features.Tasks.Sharing;

/// <summary>The token of a share link: the task's id, a dot, and at least 128 random bits in base64url.</summary>
internal readonly record struct ShareToken(Guid TaskId, string Secret)
{
    /// <summary>A new token with 192 random bits.</summary>
    public static ShareToken Create(Guid taskId) =>
        new(taskId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)));

    /// <summary>Reads a token from a link.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "Parse is the common word.")]
    public static bool TryParse(string? text, out ShareToken token)
    {
        token = default;
        if (text is not { Length: > 33 and <= 200 } || text[32] != '.' || !Guid.TryParseExact(text[..32], "N", out var id))
        {
            return false;
        }

        token = new ShareToken(id, text[33..]);
        return true;
    }

    public override string ToString() => $"{TaskId:N}.{Secret}";
}
