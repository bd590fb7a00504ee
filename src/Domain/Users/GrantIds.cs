
namespace Orkestron.Domain.Users;

/// <summary>Ids of the tokens that accounts begin with: one grant of a kind for an account, however often it is tried.</summary>
internal static class GrantIds
{
    public static Guid Of(Guid userId, string reason) => DerivedId.Of($"grant\n{userId:N}\n{reason}");
}
