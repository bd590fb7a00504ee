using Microsoft.AspNetCore.Mvc;
using Orkestron.Web.Features.Agents.Catalogue;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Text;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>Serves the price of a run and the code for it while the form is filled in.</summary>
internal static class RunPreview
{
    public static void MapRunPreview(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/agents/{provider}/{name}/preview", PreviewAsync).ExcludeFromDescription();

    private static async Task<IResult> PreviewAsync(
        string provider, string name, [FromForm] IFormCollection form, HttpContext context, IGrainFactory grains)
    {
        var agent = await grains.VisibleAgentAsync(provider, name, context.UserId());
        if (agent is null)
        {
            return TypedResults.NotFound();
        }

        var draft = RunDraft.Of(agent.Manifest, form);
        var code = Snippets.Of(Address(context), agent.Manifest.Key, draft.Input);
        return TypedResults.Json(new
        {
            price = Format.Tokens(draft.PriceMicro),
            hold = Format.Tokens(draft.HoldMicro),
            size = Format.Bytes(draft.Input.Length),
            curl = code.Curl,
            python = code.Python,
            csharp = code.CSharp,
            javascript = code.JavaScript,
        });
    }

    public static string Address(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
