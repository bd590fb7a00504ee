using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>The most common problem code of a status.</summary>
internal static class ProblemCodes
{
    public static string Of(int status) => status switch
    {
        401 => "sign_in_required",
        415 => "unsupported_media_type",
        429 => "rate_limited",
        _ =>
            Enum.GetValues<RefusalCode>().Select(ProblemKind.Of).FirstOrDefault(kind => kind.Status == status) is { Code: { } code }
                ? code
                : "invalid",
    };
}
