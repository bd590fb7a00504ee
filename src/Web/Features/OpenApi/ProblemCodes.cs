using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>The code that a problem of a status most often has.</summary>
internal static class ProblemCodes
{
    public static string Of(int status) => status switch
    {
        401 => "sign_in_required",
        415 => "unsupported_media_type",
        429 => "rate_limited",
        _ => Enum.GetValues<RefusalCode>().Select(ProblemKind.Of).FirstOrDefault(kind => kind.Status == status) is { Code: { } code } ? code : "invalid",
    };
}
