using Orkestron.Domain;
using Orkestron.Domain.Users;

namespace Orkestron.Grains.Users;

/// <summary>The side of a user's grain that only its e-mail grain calls. Key: the user's id.</summary>
[GrainInterfaceType("user-account"), Alias("orkestron.user-account")]
internal interface IUserAccountGrain : IGrainWithGuidKey
{
    /// <summary>Makes the account, or makes a guest's a full one; again: the same account.</summary>
    /// <returns><see cref="RefusalCode.Conflict"/> when the id belongs to another address's account.</returns>
    [Alias("open")]
    Task<Outcome<UserView>> OpenAsync(RegisterAccount command);

    /// <summary>Finishes what an earlier <see cref="OpenAsync"/> began and did not end.</summary>
    /// <param name="email">The address of that registration.</param>
    /// <returns>The account; <see cref="RefusalCode.NotFound"/> when nothing of it was stored.</returns>
    [Alias("finish")]
    Task<Outcome<UserView>> FinishAsync(string email);
}
