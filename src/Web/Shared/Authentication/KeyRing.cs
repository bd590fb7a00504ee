using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Orkestron.GrainInterfaces.Users;

namespace Orkestron.Web.Shared.Authentication;

/// <summary>
/// Keeps the keys that protect cookies in a grain, so that every web node reads every node's sessions and a restart signs
/// nobody out. Data Protection asks seldom and can only wait, so these calls block.
/// </summary>
internal sealed class KeyRing(IGrainFactory grains) : IXmlRepository
{
    private IKeyRingGrain Grain => grains.GetGrain<IKeyRingGrain>("data-protection");

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Grain.ReadAsync().GetAwaiter().GetResult().Select(static text => XElement.Parse(text))];

    public void StoreElement(XElement element, string friendlyName) =>
        Grain.AddAsync(element.ToString(SaveOptions.DisableFormatting)).GetAwaiter().GetResult();
}
