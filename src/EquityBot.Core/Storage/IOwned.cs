namespace EquityBot.Storage;

/// <summary>A row that belongs to one organization; <see cref="EquityDb"/> shows it to that organization alone.</summary>
public interface IOwned
{
    Guid OrganizationId { get; }
}
