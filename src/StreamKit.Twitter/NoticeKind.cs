namespace StreamKit.Twitter;

/// <summary>What a v1.1 notice is about. The JSON name stands in brackets.</summary>
public enum NoticeKind
{
    /// <summary>Posts matched but were not delivered (<c>limit</c>).</summary>
    Limit,

    /// <summary>Places must be removed from a user's posts up to an id (<c>scrub_geo</c>).</summary>
    ScrubGeo,

    /// <summary>A post is withheld in some countries (<c>status_withheld</c>).</summary>
    StatusWithheld,

    /// <summary>A user is withheld in some countries (<c>user_withheld</c>).</summary>
    UserWithheld,

    /// <summary>The stream is about to be closed (<c>disconnect</c>).</summary>
    Disconnect,

    /// <summary>The reader is falling behind, or the like (<c>warning</c>).</summary>
    Warning,

    /// <summary>A favourite was taken back; the post itself stays (<c>delete.favorite</c>).</summary>
    FavoriteDeleted,

    /// <summary>A post must not be shown for now (<c>drop</c>).</summary>
    StatusDropped,

    /// <summary>A dropped post may be shown again (<c>undrop</c>).</summary>
    StatusUndropped,

    /// <summary>An account was deleted (<c>user_delete</c>).</summary>
    UserDeleted,

    /// <summary>A deleted account is back (<c>user_undelete</c>).</summary>
    UserUndeleted,

    /// <summary>An account became private (<c>user_protect</c>).</summary>
    UserProtected,

    /// <summary>An account became public (<c>user_unprotect</c>).</summary>
    UserUnprotected,

    /// <summary>An account was suspended (<c>user_suspend</c>).</summary>
    UserSuspended,

    /// <summary>A suspended account is back (<c>user_unsuspend</c>).</summary>
    UserUnsuspended,
}
