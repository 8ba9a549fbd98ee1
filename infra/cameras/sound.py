"""A stream without a picture: what cannot be supported."""

from gi.repository import GstRtspServer


def sound_factory() -> GstRtspServer.RTSPMediaFactory:
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_shared(True)
    factory.set_launch("( audiotestsrc is-live=true wave=silence ! audioconvert ! alawenc ! rtppcmapay name=pay0 pt=8 )")
    return factory
